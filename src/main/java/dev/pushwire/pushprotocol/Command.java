package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.StartPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a client. */
sealed interface Command {
    /** The number that the client chose. The answer has the same. */
    long id();

    /** Shows a token: the first one, or one that replaces an earlier one. */
    record Authenticate(long id, String token) implements Command {
        /** Without the token. */
        @Override
        public String toString() {
            return "Authenticate[id=" + id + "]";
        }
    }

    /** Asks for the limits, and for the client's user. */
    record Connect(long id) implements Command {}

    /**
     * @param topics one or more
     * @param several whether they came as a list, so that each has an answer of its own
     */
    record Subscribe(long id, List<Subscription> topics, boolean several) implements Command {
        public Subscribe {
            topics = List.copyOf(topics);
        }
    }

    /** @param info what the client shows to other members, as JSON; null for nothing */
    record Subscription(
            TopicPattern topic, StartPoint from, @Nullable String info) {}

    record Unsubscribe(long id, TopicPattern pattern) implements Command {}

    record Publish(long id, TopicName topic, Payload payload, PublishOptions options) implements Command {}

    record Presence(long id, TopicName topic) implements Command {}

    record Ping(long id) implements Command {}
}
