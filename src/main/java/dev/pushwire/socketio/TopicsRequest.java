package dev.pushwire.socketio;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Payload.Kind;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.json.JsonRule;
import dev.pushwire.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The arguments of an event of the namespace {@code /topics}: values, and after them an object with options. */
final class TopicsRequest {
    private static final int LARGEST_INFO = 1024;
    private static final String SURROGATE = " has half of a surrogate pair in a string, which no text may have.";

    private final List<JsonValue> values;
    private final List<ByteBuffer> attachments;
    private final Map<String, JsonValue> options = new HashMap<>();

    /** A request that cannot be read. */
    static final class BadRequestException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        BadRequestException(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** @param optionsAt the index of the argument with the options */
    TopicsRequest(Arguments arguments, int optionsAt) {
        this.attachments = arguments.attachments();
        this.values = new ArrayList<>();
        try (JsonParser parser = JsonRule.parser(arguments.json())) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (values.size() == optionsAt && token == JsonToken.START_OBJECT) {
                    readOptions(parser);
                } else if (values.size() <= optionsAt) {
                    values.add(JsonValue.read(parser));
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void readOptions(JsonParser parser) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            options.put(name, JsonValue.read(parser));
        }
    }

    String string(int index, String code, String what) throws BadRequestException {
        if (index >= values.size() || !values.get(index).isString()) {
            throw new BadRequestException(code, what + " is a string.");
        }
        return values.get(index).text();
    }

    TopicPattern pattern() throws BadRequestException {
        String topic = topicText();
        if (!TopicPattern.isValid(topic)) {
            throw new BadRequestException("invalid_topic", TopicName.RULE + " " + TopicPattern.RULE);
        }
        return new TopicPattern(topic);
    }

    TopicName topic() throws BadRequestException {
        String topic = topicText();
        if (!TopicName.isValid(topic)) {
            throw new BadRequestException("invalid_topic", TopicName.RULE);
        }
        return new TopicName(topic);
    }

    private String topicText() throws BadRequestException {
        String topic = string(0, "invalid_topic", "The topic");
        if (topic.length() > TopicName.MAX_LENGTH) {
            throw new BadRequestException(
                    "topic_too_long", "A topic has at most " + TopicName.MAX_LENGTH + " characters.");
        }
        return topic;
    }

    /** Where the client left off; null if it begins anew. */
    @Nullable
    Position since(TopicPattern topic) throws BadRequestException {
        String since = option("since", "invalid_position");
        if (since == null) {
            return null;
        }
        if (topic.hasWildcard() || !Position.isValid(since)) {
            throw new BadRequestException(
                    "invalid_position", "'since' is '<epoch>:<offset>', for a topic without wildcards.");
        }
        return Position.parse(since);
    }

    /** What the client shows to other members, as JSON; null for nothing. */
    @Nullable
    String info() throws BadRequestException {
        JsonValue info = options.get("info");
        if (info == null || info.isNull()) {
            return null;
        }
        String json = info.json();
        if (!info.isWhole() || json.getBytes(StandardCharsets.UTF_8).length > LARGEST_INFO) {
            throw new BadRequestException("invalid_info", "'info' is a JSON value of at most 1024 bytes.");
        }
        return json;
    }

    PublishOptions publishOptions() throws BadRequestException {
        return new PublishOptions(key("idempotencyKey"), key("key"));
    }

    private @Nullable String key(String name) throws BadRequestException {
        String key = option(name, "invalid_publication");
        if (key != null && (!PublishOptions.isKey(key) || !JsonRule.isWhole(key))) {
            throw new BadRequestException(
                    "invalid_publication",
                    "'" + name + "' is a string of 1 to " + PublishOptions.MAX_KEY_LENGTH + " characters.");
        }
        return key;
    }

    private @Nullable String option(String name, String code) throws BadRequestException {
        JsonValue value = options.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new BadRequestException(code, "'" + name + "' is a string.");
        }
        return value.text();
    }

    /**
     * The content. A string is text, so that raw subscribers get it without quotes; binary data is bytes; every other
     * value is JSON.
     */
    Payload payload() throws BadRequestException {
        if (values.size() < 2) {
            throw new BadRequestException("invalid_publication", "There is no data.");
        }
        JsonValue data = values.get(1);
        if (!attachments.isEmpty()) {
            return binary(data);
        }
        if (!data.isWhole()) {
            throw new BadRequestException("invalid_publication", "The data" + SURROGATE);
        }
        return data.isString()
                ? Payload.text(data.text())
                : Payload.of(Kind.JSON, data.text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Binary data. Every attachment has a placeholder, so a single one is the content itself, unless it is within JSON.
     */
    private Payload binary(JsonValue data) throws BadRequestException {
        boolean isPlaceholder =
                data.text().matches("\\{\"(_placeholder\":true,\"num\":0|num\":0,\"_placeholder\":true)}");
        if (data.isString() || attachments.size() > 1 || !isPlaceholder) {
            throw new BadRequestException("invalid_publication", "Binary data is published alone, not within JSON.");
        }
        ByteBuffer attachment = attachments.getFirst();
        byte[] bytes = new byte[attachment.remaining()];
        attachment.get(attachment.position(), bytes);
        return Payload.of(Kind.BINARY, bytes);
    }
}
