package dev.pushwire.client;

import dev.pushwire.broker.Position;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A publication, as a subscriber receives it.
 *
 * @param topic its name, also where it came by a pattern
 * @param subscription the topic or pattern of the {@link PushSubscription} that it came by
 * @param position behind it: where to go on
 * @param data what was published. Text is a string; bytes are a string, see {@link #bytes}
 * @param isBinary whether bytes were published
 * @param key what it is about; null for none
 * @param traceparent the trace that it is part of, where the service passes that on; null for none
 */
public record Message(
        String topic,
        String subscription,
        Position position,
        JsonNode data,
        boolean isBinary,
        @Nullable String key,
        @Nullable String traceparent) {
    /** The same, as a subscription to this topic or pattern hears of it. */
    Message by(String topicOrPattern) {
        return new Message(topic, topicOrPattern, position, data, isBinary, key, traceparent);
    }

    /** What was published as text; for JSON that is no string, the JSON. */
    public String text() {
        return data.isString() ? data.stringValue() : data.toString();
    }

    /**
     * What was published as bytes.
     *
     * @throws IllegalStateException unless {@link #isBinary}
     */
    public byte[] bytes() {
        if (!isBinary) {
            throw new IllegalStateException("This publication is text or JSON");
        }
        return Base64.getDecoder().decode(data.stringValue());
    }
}
