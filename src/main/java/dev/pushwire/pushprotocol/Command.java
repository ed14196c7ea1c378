package dev.pushwire.pushprotocol;

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

    /** With a first token, or with one that takes the place of an earlier one. */
    record Authenticate(long id, String token) implements Command {
        /** Without the token. */
        @Override
        public String toString() {
            return "Authenticate[id=" + id + "]";
        }
    }

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
