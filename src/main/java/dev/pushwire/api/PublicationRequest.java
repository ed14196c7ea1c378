package dev.pushwire.api;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.json.JsonRule;
import dev.pushwire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A publication to one topic or to several, as JSON. {@code data} is as in a publication of {@code /push}: a string is
 * text, every other value is JSON, and with {@code encoding} a string of base64 is bytes.
 *
 * @param topic the topic; or else {@code topics}
 * @param encoding {@code base64}, or null
 * @param key what the publication is about, for subscribers that want only the newest of each key
 * @param idempotencyKey publications to a topic with the same key within five minutes are one
 */
record PublicationRequest(
        @Nullable String topic,
        @Nullable List<@Nullable String> topics,
        @Nullable JsonValue data,
        @Nullable String encoding,
        @Nullable String key,
        @Nullable String idempotencyKey) {

    /** The rule for a publication, in a sentence for a caller that broke it. */
    static final String RULE =
            "A publication has 'topic' or 'topics'; 'data', which is any JSON value, or with 'encoding':"
                    + " 'base64' a string in base64; and maybe 'key' and 'idempotencyKey', strings of 1 to "
                    + PublishOptions.MAX_KEY_LENGTH + " characters.";

    /** Why text without a form in UTF-8 is refused, in a sentence. */
    private static final String HALF = "A string in 'data', 'key' or 'idempotencyKey' has half of a surrogate pair.";

    static final String BASE64 = "base64";

    /** The names of its topics; empty if it has none, or one that is null. */
    List<String> names() {
        if (topic != null) {
            return topics == null ? List.of(topic) : List.of();
        }
        List<String> names = topics == null
                ? List.of()
                : topics.stream().flatMap(Stream::ofNullable).toList();
        return topics != null && names.size() == topics.size() ? names : List.of();
    }

    /** @throws IllegalArgumentException with the {@link #RULE}, if data is missing or does not fit the encoding */
    Payload payload() {
        if (data == null || !isEncodingKnown()) {
            throw new IllegalArgumentException(RULE);
        }
        if (encoding == null) {
            if (!data.isWhole()) {
                throw new IllegalArgumentException(HALF);
            }
            return data.isString()
                    ? Payload.text(data.text())
                    : Payload.of(Payload.Kind.JSON, data.text().getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Payload.of(Payload.Kind.BINARY, Base64.getDecoder().decode(data.text()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RULE, e);
        }
    }

    private boolean isEncodingKnown() {
        return encoding == null || (encoding.equals(BASE64) && data != null && data.isString());
    }

    /** @throws IllegalArgumentException with the {@link #RULE}, if a key cannot be used */
    PublishOptions options() {
        if (!isWhole(key) || !isWhole(idempotencyKey)) {
            throw new IllegalArgumentException(HALF);
        }
        try {
            return new PublishOptions(idempotencyKey, key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RULE, e);
        }
    }

    private static boolean isWhole(@Nullable String text) {
        return text == null || JsonRule.isWhole(text);
    }
}
