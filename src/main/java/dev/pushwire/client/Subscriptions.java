package dev.pushwire.client;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The subscriptions of a client, by topic or pattern. Thread-safe. One thread at a time passes on what the service
 * sends.
 */
final class Subscriptions {
    private final Map<String, SharedSubscription> shared = new ConcurrentHashMap<>();

    /** The subscription to a topic or pattern; null for none. */
    @Nullable
    SharedSubscription get(String topic) {
        return shared.get(topic);
    }

    void add(SharedSubscription subscription) {
        shared.put(subscription.topic(), subscription);
    }

    Collection<SharedSubscription> all() {
        return shared.values();
    }

    boolean contains(SharedSubscription subscription) {
        return shared.get(subscription.topic()) == subscription;
    }

    /** @return whether it was there */
    boolean remove(SharedSubscription subscription) {
        return shared.remove(subscription.topic(), subscription);
    }

    /** Takes a {@code resumed}, which names a topic and concerns the patterns that match it as well. */
    void resumed(JsonNode message) {
        stands(message);
        if (!message.path("recovered").asBoolean(true)) {
            TopicName topic = new TopicName(message.path("topic").asString(""));
            for (SharedSubscription each : shared.values()) {
                if (each.isPattern() && each.matches(topic)) {
                    each.reset();
                }
            }
        }
    }

    /** Takes a {@code subscribed}. */
    void stands(JsonNode message) {
        SharedSubscription found = shared.get(message.path("topic").asString(""));
        if (found != null) {
            Position position = message.has("epoch") ? position(message) : null;
            found.stands(position, message.path("recovered").asBoolean(true));
        }
    }

    void deliver(JsonNode publication) {
        TopicName topic = new TopicName(publication.path("topic").asString(""));
        Message message = new Message(
                topic.value(),
                topic.value(),
                position(publication),
                publication.path("data"),
                publication.path("encoding").asString("").equals("base64"),
                optional(publication, "key"),
                optional(publication, "traceparent"));
        SharedSubscription byName = shared.get(topic.value());
        boolean isByPattern =
                publication.has("subscription"); // then that by name has still to begin, and gets it in its order
        if (byName != null && isByPattern) {
            byName.overtake(message.position());
        } else if (byName != null && !byName.isNews(message)) {
            return;
        }
        boolean isForPatterns = isByPattern || byName == null || !byName.isOvertaken(message);
        for (SharedSubscription each : shared.values()) {
            if ((each == byName ? !isByPattern : isForPatterns) && each.matches(topic)) {
                each.deliver(message);
            }
        }
    }

    private static @Nullable String optional(JsonNode message, String field) {
        return message.has(field) ? message.path(field).asString() : null;
    }

    static Position position(JsonNode message) {
        return new Position(
                message.path("epoch").asString(""), message.path("offset").asLong(-1));
    }
}
