package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.json.JsonValue;
import dev.pushwire.push.StartPoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the topics of a subscription: one, or several in one command. */
final class SubscriptionReader {
    /** The most topics of one command. Each may wait for the broker, and the next command waits for all of them. */
    static final int MOST = 1000;

    private static final int LARGEST_INFO = 1024;

    private SubscriptionReader() {}

    static Command read(CommandFields fields) throws CommandException {
        JsonValue topics = fields.value("topics");
        if (topics == null || topics.isNull()) {
            return new Command.Subscribe(fields.id(), List.of(subscription(fields)), false);
        }
        if (fields.value("topic") != null) {
            throw fields.refused(ErrorCode.INVALID_TOPIC, "A command has a 'topic', or 'topics', and not both.");
        }
        List<CommandFields> all = fields.list("topics", topics, MOST);
        List<Command.Subscription> subscriptions = new ArrayList<>(all.size());
        for (CommandFields each : all) {
            subscriptions.add(subscription(each));
        }
        return new Command.Subscribe(fields.id(), subscriptions, true);
    }

    private static Command.Subscription subscription(CommandFields fields) throws CommandException {
        TopicPattern topic = pattern(fields);
        Position since = since(fields);
        int last = last(fields);
        if (topic.hasWildcard() && (since != null || last > 0)) {
            throw fields.refused(ErrorCode.INVALID_POSITION);
        }
        return new Command.Subscription(topic, new StartPoint(since, last), info(fields));
    }

    static TopicPattern pattern(CommandFields fields) throws CommandException {
        String topic = CommandReader.topicText(fields);
        if (!TopicPattern.isValid(topic)) {
            throw fields.refused(ErrorCode.INVALID_TOPIC, TopicName.RULE + " " + TopicPattern.RULE);
        }
        return new TopicPattern(topic);
    }

    /** The position, as text or as the two fields that messages have. */
    private static @Nullable Position since(CommandFields fields) throws CommandException {
        JsonValue since = fields.value("since");
        if (since == null || since.isNull()) {
            return null;
        }
        String text = since.isString() ? since.text() : fields.position(since);
        if (text == null || !Position.isValid(text)) {
            throw fields.refused(ErrorCode.INVALID_POSITION);
        }
        return Position.parse(text);
    }

    private static int last(CommandFields fields) throws CommandException {
        JsonValue last = fields.value("last");
        if (last == null || last.isNull()) {
            return 0;
        }
        Long number = CommandFields.integer(last);
        if (number == null || number < 1 || number > StartPoint.MOST) {
            throw fields.refused(ErrorCode.INVALID_POSITION, "'last' is an integer from 1 to " + StartPoint.MOST + ".");
        }
        return number.intValue();
    }

    private static @Nullable String info(CommandFields fields) throws CommandException {
        JsonValue info = fields.value("info");
        if (info == null || info.isNull()) {
            return null;
        }
        if (!info.isWhole()) {
            throw fields.refused(ErrorCode.INVALID_INFO, "'info'" + CommandReader.SURROGATE);
        }
        String json = info.json();
        if (json.getBytes(StandardCharsets.UTF_8).length > LARGEST_INFO) {
            throw fields.refused(ErrorCode.INVALID_INFO);
        }
        return json;
    }
}
