package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Payload.Kind;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.json.JsonRule;
import dev.pushwire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads commands. It ignores unknown fields, since later versions may have more. */
final class CommandReader {
    private static final String BASE64 = "base64";
    private static final String NO_TOPIC = "The command has no 'topic'.";
    private static final String NO_PATTERN = TopicName.RULE + " Only subscriptions take patterns.";
    static final String SURROGATE = " has half of a surrogate pair in a string, which no text may have.";

    private CommandReader() {}

    static Command read(String line) throws CommandException {
        CommandFields fields = CommandFields.read(line);
        long id = fields.id();
        return switch (fields.type()) {
            case "authenticate" -> new Command.Authenticate(id, token(fields));
            case "connect" -> new Command.Connect(id);
            case "subscribe" -> SubscriptionReader.read(fields);
            case "unsubscribe" -> new Command.Unsubscribe(id, SubscriptionReader.pattern(fields));
            case "publish" -> publish(fields);
            case "presence" -> new Command.Presence(id, topic(fields));
            case "ping" -> new Command.Ping(id);
            default -> throw new CommandException(id, ErrorCode.UNKNOWN_TYPE);
        };
    }

    private static Command publish(CommandFields fields) throws CommandException {
        TopicName topic = topic(fields);
        PublishOptions options = new PublishOptions(key(fields, "idempotencyKey"), key(fields, "key"));
        return new Command.Publish(fields.id(), topic, payload(fields), options);
    }

    private static @Nullable String key(CommandFields fields, String name) throws CommandException {
        String key = fields.string(name, ErrorCode.INVALID_PUBLICATION);
        if (key != null && !PublishOptions.isKey(key)) {
            throw fields.refused(
                    ErrorCode.INVALID_PUBLICATION,
                    "'" + name + "' is a string of 1 to " + PublishOptions.MAX_KEY_LENGTH + " characters.");
        }
        if (key != null && !JsonRule.isWhole(key)) {
            throw fields.refused(ErrorCode.INVALID_PUBLICATION, "'" + name + "'" + SURROGATE);
        }
        return key;
    }

    /** The content. A string is text, so that raw subscribers get it without quotes. Every other value is JSON. */
    private static Payload payload(CommandFields fields) throws CommandException {
        JsonValue data = fields.value("data");
        if (data == null) {
            throw fields.refused(ErrorCode.INVALID_PUBLICATION, "The command has no 'data'.");
        }
        String encoding = fields.string("encoding", ErrorCode.INVALID_PUBLICATION);
        if (encoding != null) {
            return decoded(fields, encoding, data);
        }
        if (!data.isWhole()) {
            throw fields.refused(ErrorCode.INVALID_PUBLICATION, "'data'" + SURROGATE);
        }
        return data.isString()
                ? Payload.text(data.text())
                : Payload.of(Kind.JSON, data.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Payload decoded(CommandFields fields, String encoding, JsonValue data) throws CommandException {
        if (!encoding.equals(BASE64)) {
            throw fields.refused(ErrorCode.INVALID_PUBLICATION, "'encoding' is 'base64', or not there.");
        }
        if (data.isString()) {
            try {
                return Payload.of(Kind.BINARY, Base64.getDecoder().decode(data.text()));
            } catch (IllegalArgumentException e) {
                // refused below, as a value that is not a string
            }
        }
        throw fields.refused(
                ErrorCode.INVALID_PUBLICATION,
                "With 'encoding': 'base64', 'data' is a string in base64, of the alphabet with '+' and '/'.");
    }

    private static String token(CommandFields fields) throws CommandException {
        String token = fields.string("token", ErrorCode.INVALID_TOKEN);
        if (token == null) {
            throw fields.refused(ErrorCode.INVALID_TOKEN, "The command has no 'token'.");
        }
        return token;
    }

    private static TopicName topic(CommandFields fields) throws CommandException {
        String topic = topicText(fields);
        if (!TopicName.isValid(topic)) {
            throw fields.refused(ErrorCode.INVALID_TOPIC, TopicPattern.isValid(topic) ? NO_PATTERN : TopicName.RULE);
        }
        return new TopicName(topic);
    }

    static String topicText(CommandFields fields) throws CommandException {
        String topic = fields.string("topic", ErrorCode.INVALID_TOPIC);
        if (topic == null) {
            throw fields.refused(ErrorCode.INVALID_TOPIC, NO_TOPIC);
        }
        if (topic.length() > TopicName.MAX_LENGTH) {
            throw fields.refused(ErrorCode.TOPIC_TOO_LONG);
        }
        return topic;
    }
}
