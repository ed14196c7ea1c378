package dev.pushwire.multiplex;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import org.jspecify.annotations.Nullable;

/** What a client asks for. */
sealed interface Command {
    /** Chosen by the client; the answer has the same. */
    long id();

    /**
     * @param since where the client left off; null to begin now
     * @param info what it says of itself to others on the topic, as JSON; null for nothing
     */
    record Subscribe(
            long id,
            TopicPattern pattern,
            @Nullable Position since,
            @Nullable String info) implements Command {}

    record Unsubscribe(long id, TopicPattern pattern) implements Command {}

    record Publish(long id, TopicName topic, Payload payload, PublishOptions options) implements Command {}

    record Presence(long id, TopicName topic) implements Command {}

    record Ping(long id) implements Command {}
}
