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

    /** The subscription to a topic or pattern; null if there is none. */
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

    /**
     * Takes a {@code subscribed}. Only the answer to the client's own command counts. The service may subscribe the
     * client by itself, before that command: its position then is the present one, and not where the client left off.
     */
    void begin(JsonNode message) {
        SharedSubscription found = shared.get(topic(message));
        if (found != null
                && message.has("id")
                && found.isAskedBy(message.path("id").asLong())) {
            Position position = message.has("epoch") ? position(message) : null;
            found.begin(position, message.path("recovered").asBoolean(true));
        }
    }

    /** Takes a {@code resumed}, which names a topic and concerns the patterns that match it as well. */
    void resumed(JsonNode message) {
        TopicName topic = new TopicName(topic(message));
        boolean complete = message.path("recovered").asBoolean(true);
        for (SharedSubscription each : shared.values()) {
            if (each.isLive() && each.matches(topic)) {
                each.resume(position(message), complete);
            }
        }
    }

    void deliver(JsonNode publication) {
        TopicName topic = new TopicName(topic(publication));
        Message message = new Message(
                topic.value(),
                topic.value(),
                position(publication),
                publication.path("data"),
                publication.path("encoding").asString("").equals("base64"),
                optional(publication, "key"),
                optional(publication, "traceparent"));
        SharedSubscription byName = shared.get(topic.value());
        boolean isByName = byName != null && byName.isLive() && !publication.has("subscription");
        boolean isForPatterns = true;
        if (byName != null && !isByName) {
            byName.overtake(message.position()); // it has still to begin, and gets it in its order
        } else if (byName != null) {
            if (!byName.isNews(message)) {
                return;
            }
            isForPatterns = !byName.isOvertaken(message);
        }
        for (SharedSubscription each : shared.values()) {
            if ((each == byName ? isByName : isForPatterns && each.isLive()) && each.matches(topic)) {
                each.deliver(message);
            }
        }
    }

    private static String topic(JsonNode message) {
        return message.path("topic").asString("");
    }

    private static @Nullable String optional(JsonNode message, String field) {
        return message.has(field) ? message.path(field).asString() : null;
    }

    static Position position(JsonNode message) {
        return new Position(
                message.path("epoch").asString(""), message.path("offset").asLong(-1));
    }
}
