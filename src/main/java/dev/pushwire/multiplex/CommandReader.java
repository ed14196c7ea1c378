package dev.pushwire.multiplex;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Payload.Kind;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads commands. Fields that it does not know are ignored, so that later versions may have more. */
final class CommandReader {
    /** The largest number that JavaScript counts exactly. */
    private static final long LARGEST_ID = (1L << 53) - 1;

    private static final int LARGEST_INFO = 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CommandReader() {}

    static Command read(String line) throws CommandException {
        JsonNode command = parse(line);
        JsonNode idNode = command.path("id");
        JsonNode type = command.path("type");
        if (!idNode.isIntegralNumber() || !idNode.canConvertToLong() || !type.isString()) {
            throw new CommandException(null, ErrorCode.MALFORMED);
        }
        long id = idNode.longValue();
        if (id < 0 || id > LARGEST_ID) {
            throw new CommandException(null, ErrorCode.MALFORMED);
        }
        return switch (type.stringValue()) {
            case "authenticate" -> new Command.Authenticate(id, token(id, command));
            case "subscribe" -> subscribe(id, command);
            case "unsubscribe" -> new Command.Unsubscribe(id, pattern(id, command));
            case "publish" -> publish(id, command);
            case "presence" -> new Command.Presence(id, topic(id, command));
            case "ping" -> new Command.Ping(id);
            default -> throw new CommandException(id, ErrorCode.UNKNOWN_TYPE);
        };
    }

    private static JsonNode parse(String line) throws CommandException {
        try {
            JsonNode node = JSON.readTree(line);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // as malformed as what is no object
        }
        throw new CommandException(null, ErrorCode.MALFORMED);
    }

    private static Command subscribe(long id, JsonNode command) throws CommandException {
        TopicPattern pattern = pattern(id, command);
        String since = string(id, command, "since", ErrorCode.INVALID_POSITION);
        if (since != null && (pattern.hasWildcard() || !Position.isValid(since))) {
            throw new CommandException(id, ErrorCode.INVALID_POSITION);
        }
        JsonNode info = command.path("info");
        String infoText = info.isMissingNode() || info.isNull() ? null : info.toString();
        if (infoText != null && infoText.getBytes(StandardCharsets.UTF_8).length > LARGEST_INFO) {
            throw new CommandException(id, ErrorCode.INVALID_INFO);
        }
        return new Command.Subscribe(id, pattern, since == null ? null : Position.parse(since), infoText);
    }

    private static Command publish(long id, JsonNode command) throws CommandException {
        TopicName topic = topic(id, command);
        String key = string(id, command, "key", ErrorCode.INVALID_PUBLICATION);
        String idempotencyKey = string(id, command, "idempotencyKey", ErrorCode.INVALID_PUBLICATION);
        if (!isKey(key) || !isKey(idempotencyKey)) {
            throw new CommandException(id, ErrorCode.INVALID_PUBLICATION);
        }
        return new Command.Publish(id, topic, payload(id, command), new PublishOptions(idempotencyKey, key));
    }

    private static boolean isKey(@Nullable String key) {
        return key == null || (!key.isEmpty() && key.length() <= PublishOptions.MAX_KEY_LENGTH);
    }

    /** A string is text, so that raw subscribers get it without quotes; every other value is JSON. */
    private static Payload payload(long id, JsonNode command) throws CommandException {
        JsonNode data = command.path("data");
        String encoding = string(id, command, "encoding", ErrorCode.INVALID_PUBLICATION);
        if (encoding != null) {
            if (!encoding.equals("base64") || !data.isString()) {
                throw new CommandException(id, ErrorCode.INVALID_PUBLICATION);
            }
            try {
                return Payload.of(Kind.BINARY, Base64.getDecoder().decode(data.stringValue()));
            } catch (IllegalArgumentException e) {
                throw new CommandException(id, ErrorCode.INVALID_PUBLICATION);
            }
        }
        if (data.isMissingNode()) {
            throw new CommandException(id, ErrorCode.INVALID_PUBLICATION);
        }
        return data.isString()
                ? Payload.text(data.stringValue())
                : Payload.of(Kind.JSON, data.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String token(long id, JsonNode command) throws CommandException {
        String token = string(id, command, "token", ErrorCode.INVALID_TOKEN);
        if (token == null) {
            throw new CommandException(id, ErrorCode.INVALID_TOKEN);
        }
        return token;
    }

    private static TopicPattern pattern(long id, JsonNode command) throws CommandException {
        String topic = topicText(id, command);
        if (!TopicPattern.isValid(topic)) {
            throw new CommandException(id, ErrorCode.INVALID_TOPIC);
        }
        return new TopicPattern(topic);
    }

    private static TopicName topic(long id, JsonNode command) throws CommandException {
        String topic = topicText(id, command);
        if (!TopicName.isValid(topic)) {
            throw new CommandException(id, ErrorCode.INVALID_TOPIC);
        }
        return new TopicName(topic);
    }

    private static String topicText(long id, JsonNode command) throws CommandException {
        String topic = string(id, command, "topic", ErrorCode.INVALID_TOPIC);
        if (topic == null) {
            throw new CommandException(id, ErrorCode.INVALID_TOPIC);
        }
        if (topic.length() > TopicName.MAX_LENGTH) {
            throw new CommandException(id, ErrorCode.TOPIC_TOO_LONG);
        }
        return topic;
    }

    /** A field that may be absent or null, but is a string if it is there. */
    private static @Nullable String string(long id, JsonNode command, String field, ErrorCode otherwise)
            throws CommandException {
        JsonNode node = command.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw new CommandException(id, otherwise);
        }
        return node.stringValue();
    }
}
