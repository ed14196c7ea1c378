package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import dev.pushwire.json.JsonRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Topics for the application's own code, as a bean to inject. What the application publishes reaches the subscribers on
 * all nodes, whatever their transport.
 *
 * <p>Thread-safe. The methods may wait for the broker, so callbacks of an endpoint on the event loop must not call
 * them. If the broker cannot be reached, they throw {@link dev.pushwire.broker.BrokerUnavailableException}. For a text
 * that is no topic, or no pattern, they throw an {@link IllegalArgumentException} whose message gives the rule. No
 * policy applies: the application may publish and read everything.
 */
public final class Topics {
    private static final String SUBSCRIBED = "pushwire.topics";

    private final Hub hub;
    private final Broker broker;
    private final Presence presence;
    private final int maxMessage;

    /** @param maxMessage the largest payload, in bytes */
    public Topics(Hub hub, Broker broker, Presence presence, int maxMessage) {
        this.hub = hub;
        this.broker = broker;
        this.presence = presence;
        this.maxMessage = maxMessage;
    }

    /** Publishes a text. */
    public PublishResult publish(String topic, String text) {
        return publish(topic, Payload.text(text), PublishOptions.NONE);
    }

    /**
     * Publishes a JSON value. Subscribers of {@code /push} get it as JSON, and subscribers of {@code /topics/{topic}}
     * get it as text.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    public PublishResult publishJson(String topic, String json) {
        if (!JsonRule.isJson(json)) {
            throw new IllegalArgumentException(JsonRule.SENTENCE);
        }
        return publish(
                topic, Payload.of(Payload.Kind.JSON, json.getBytes(StandardCharsets.UTF_8)), PublishOptions.NONE);
    }

    /** Publishes bytes. */
    public PublishResult publish(String topic, byte[] data) {
        return publish(topic, Payload.of(Payload.Kind.BINARY, data.clone()), PublishOptions.NONE);
    }

    /**
     * Publishes with options: an idempotency key, or a key for subscribers that want only the newest publication of
     * each key.
     *
     * @throws IllegalArgumentException if the payload is larger than {@code pushwire.websocket.max-message-size}
     */
    public PublishResult publish(String topic, Payload payload, PublishOptions options) {
        if (payload.size() > maxMessage) {
            throw new IllegalArgumentException("A message has at most " + maxMessage + " bytes.");
        }
        return hub.publish(new TopicName(topic), payload, options);
    }

    /** The position of a topic: after its last publication. */
    public Position position(String topic) {
        return hub.position(new TopicName(topic));
    }

    /**
     * The publications that a topic remembers. A topic remembers none unless its policy says so ({@code
     * pushwire.topics[*].history-size}).
     *
     * @param since the method gives the oldest publications after this position; null for the newest
     * @param limit how many publications at most, at least 1
     */
    public History history(String topic, @Nullable Position since, int limit) {
        return broker.history(new TopicName(topic), since, limit);
    }

    /**
     * The members of a topic, on all nodes. The list is empty unless the topic's policy shows them
     * ({@code pushwire.topics[*].presence}).
     */
    public List<Member> members(String topic) {
        return presence.members(new TopicName(topic));
    }

    /**
     * Calls a listener for each publication from now on.
     *
     * @param topic a topic, or a pattern: {@code *} stands for one part of a name, {@code >} at the end for one or more
     */
    public TopicSubscription listen(String topic, TopicListener listener) {
        TopicPattern pattern = new TopicPattern(topic);
        QueuedListener queue = new QueuedListener(listener);
        broker.subscribe(pattern, queue);
        return () -> {
            queue.close();
            broker.unsubscribe(pattern, queue);
        };
    }

    /**
     * Sends a session each publication from now on, as {@code /topics/{topic}} does. The endpoint must call
     * {@link #leave} in {@code onClose}.
     *
     * @param topic a topic or a pattern
     * @throws IllegalStateException if the node has as many patterns as it may have
     */
    public void subscribe(Session session, String topic) {
        TopicPattern pattern = new TopicPattern(topic);
        subscribed(session).add(pattern);
        if (pattern.hasWildcard()) {
            try {
                hub.subscribe(pattern, RawFormat.INSTANCE, session, () -> {});
            } catch (TooManyPatternsException e) {
                throw new IllegalStateException("The node has as many patterns as pushwire.limits.patterns allows.", e);
            }
        } else {
            hub.subscribe(pattern.topic(), RawFormat.INSTANCE, session, StartPoint.NOW, start -> {});
        }
    }

    /** Ends one subscription of a session. Does nothing if there is none. */
    public void unsubscribe(Session session, String topic) {
        TopicPattern pattern = new TopicPattern(topic);
        if (subscribed(session).remove(pattern)) {
            hub.unsubscribe(pattern, RawFormat.INSTANCE, session);
        }
    }

    /** Ends all subscriptions that {@link #subscribe} made for a session. Does not wait. */
    public void leave(Session session) {
        Set<TopicPattern> all = subscribed(session);
        all.forEach(pattern -> hub.unsubscribe(pattern, RawFormat.INSTANCE, session));
        all.clear();
    }

    @SuppressWarnings("unchecked") // no other code sets this attribute
    private static Set<TopicPattern> subscribed(Session session) {
        return (Set<TopicPattern>)
                session.attributes().computeIfAbsent(SUBSCRIBED, name -> ConcurrentHashMap.newKeySet());
    }
}
