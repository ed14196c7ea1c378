package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * Who is subscribed to which topic. A topic exists as long as it has a subscriber; publishing to one that has none costs
 * a lookup. Thread-safe, never blocks on a peer.
 */
@Component
public final class Hub {
    private final SessionGroups topics;
    private final LongAdder publications = new LongAdder();
    private final LongAdder deliveries = new LongAdder();

    public Hub(SessionGroup.Factory groups) {
        this.topics = new SessionGroups(groups);
    }

    /**
     * The session receives what is published to the topic from now on, once however often it subscribes. An endpoint
     * that subscribes a session must {@link #unsubscribe} it, in {@code onClose} at the latest.
     */
    public void subscribe(TopicName topic, Session session) {
        topics.join(topic.value(), session);
    }

    /** Ends a subscription; does nothing when there is none. */
    public void unsubscribe(TopicName topic, Session session) {
        topics.leave(topic.value(), session);
    }

    /**
     * Sends a message to all subscribers of a topic. Each gets the publications of one thread in their order.
     *
     * @return how many subscribers it was handed to
     */
    public int publish(TopicName topic, OutboundMessage message) {
        int subscribers = topics.send(topic.value(), message);
        publications.increment();
        deliveries.add(subscribers);
        return subscribers;
    }

    /** How many sessions are subscribed to a topic now. */
    public int subscribers(TopicName topic) {
        return topics.size(topic.value());
    }

    /** How many topics have subscribers now. */
    public int activeTopics() {
        return topics.count();
    }

    /** How many subscriptions there are now, to all topics. */
    public long activeSubscriptions() {
        return topics.totalSize();
    }

    /** How many messages have been published. */
    public long publications() {
        return publications.sum();
    }

    /** How many subscribers those were handed to, added up. */
    public long deliveries() {
        return deliveries.sum();
    }

    /** The topics that have subscribers now, by name; a copy. */
    public List<TopicStatus> topics() {
        return topics.sizes().entrySet().stream()
                .map(topic -> new TopicStatus(topic.getKey(), topic.getValue()))
                .toList();
    }
}
