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
 * Topics as the application's own code uses them: a bean to inject. What it publishes reaches the subscribers on all nodes, whichever
 * way they came.
 *
 * <p>Thread-safe. The methods may wait for the broker, so they are not for the callbacks of an endpoint that runs on the event loop.
 * Where the broker cannot be reached they throw {@link dev.pushwire.broker.BrokerUnavailableException}. A name that is no topic, or
 * no pattern, is an {@link IllegalArgumentException} whose message says what one looks like. No policy is asked: the application may
 * publish and read everything.
 */
public final class Topics {
    private static final String SUBSCRIBED = "pushwire.topics";

    private final Hub hub;
    private final Broker broker;
    private final Presence presence;
    private final int maxMessage;

    /** @param maxMessage largest payload, in bytes */
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
     * Publishes a JSON value. Subscribers of {@code /push} get it as JSON, and those of the topic itself as text.
     *
     * @throws IllegalArgumentException for a text that is not JSON
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
     * Publishes with options: an idempotency key, or a key for subscribers that want only the newest publication of each.
     *
     * @throws IllegalArgumentException for a payload that is larger than {@code pushwire.websocket.max-message-size}
     */
    public PublishResult publish(String topic, Payload payload, PublishOptions options) {
        if (payload.size() > maxMessage) {
            throw new IllegalArgumentException("A message has at most " + maxMessage + " bytes.");
        }
        return hub.publish(new TopicName(topic), payload, options);
    }

    /** Where a topic stands. */
    public Position position(String topic) {
        return hub.position(new TopicName(topic));
    }

    /**
     * What a topic remembers; nothing unless its policy says so ({@code pushwire.topics[*].history-size}).
     *
     * @param since gives the oldest publications behind this position; null for the newest
     * @param limit most publications, at least 1
     */
    public History history(String topic, @Nullable Position since, int limit) {
        return broker.history(new TopicName(topic), since, limit);
    }

    /** The members of a topic, on all nodes; none unless its policy shows them ({@code pushwire.topics[*].presence}). */
    public List<Member> members(String topic) {
        return presence.members(new TopicName(topic));
    }

    /**
     * Has the application told of each publication from now on.
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
     * Sends a session each publication from now on, as {@code /topics/{topic}} does. The endpoint must call {@link #leave} in
     * {@code onClose}.
     *
     * @param topic a topic or a pattern
     * @throws IllegalStateException when the node has as many patterns as it may
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

    /** Ends one subscription of a session; does nothing when there is none. */
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

    @SuppressWarnings("unchecked") // nobody else has this attribute
    private static Set<TopicPattern> subscribed(Session session) {
        return (Set<TopicPattern>)
                session.attributes().computeIfAbsent(SUBSCRIBED, name -> ConcurrentHashMap.newKeySet());
    }
}
