package dev.pushwire.broker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings publications to the subscribers on all nodes, and remembers them.
 *
 * <p>The guarantee:
 *
 * <ul>
 *   <li><b>Order.</b> Each publication of a topic gets the next offset of the topic's epoch. Everybody sees them in this
 *       order.
 *   <li><b>Once.</b> A subscriber is given each publication once, however many of its patterns match, from the position
 *       that {@link #subscribe} returned on, with no gap. What an interruption kept from it, it gets from the history
 *       before anything newer; where the history does not reach back so far, it is told by {@link Subscriber#resumed}.
 *   <li><b>Acknowledged means kept.</b> A publication whose {@link #publish} has returned reaches every subscriber, and
 *       stays in the history as long as its {@link Retention} says and there is room for it. If the broker loses it all the same, the epoch changes
 *       and subscribers are told.
 *   <li><b>A look leaves nothing.</b> To read a topic, to subscribe to it and to unsubscribe keeps nothing of it. A topic of
 *       which nothing is kept stands at offset 0 of an epoch in which its next publication goes on. A client that comes back with
 *       that position is given what was published meanwhile, or is told that it may have missed something; never that it
 *       has missed nothing when it has. So an epoch ends before a topic that was published to in it is forgotten.
 *   <li><b>Failure.</b> Where the broker cannot be reached, or has no memory left for what is new, each method throws
 *       {@link BrokerUnavailableException}; what was asked may have happened or not. Subscriptions last, and go on when it is back.
 * </ul>
 *
 * <p>Thread-safe. Every method may wait for a network: none is for an event loop.
 */
public interface Broker {
    /**
     * Publishes to a topic.
     *
     * @throws TooManyTopicsException when there is no room for one more topic; nothing is done
     */
    PublishResult publish(TopicName topic, Payload payload, PublishOptions options);

    /**
     * Publishes several, those to one topic in their order. Where publishing takes a way over a network, they need not wait for each
     * other.
     *
     * @return what came of each, in the same order. Behind one that failed the others may have been tried or not: what was not tried
     *     is not in the list, which ends before
     */
    default List<PublishOutcome> publish(List<PublishRequest> requests) {
        List<PublishOutcome> outcomes = new ArrayList<>();
        for (PublishRequest each : requests) {
            try {
                outcomes.add(new PublishOutcome.Made(publish(each.topic(), each.payload(), each.options())));
            } catch (BrokerUnavailableException | TooManyTopicsException e) {
                outcomes.add(new PublishOutcome.Failed(e));
                break;
            }
        }
        return outcomes;
    }

    /**
     * Has this subscriber told of the topics that match; once, however often it subscribes to the same pattern.
     *
     * @return where an exact topic stands: the next publication behind that is the first to come, and may have come
     *     already when this returns. Null for a pattern with wildcards
     * @throws TooManyTopicsException when there is no room for one more topic; nothing is done
     */
    @Nullable
    Position subscribe(TopicPattern pattern, Subscriber subscriber);

    /** Ends a subscription; does nothing when there is none. A call that is under way may still come. */
    void unsubscribe(TopicPattern pattern, Subscriber subscriber);

    /**
     * What a topic remembers.
     *
     * @param since gives what was published behind this position, the oldest {@code limit} of it; null for the newest
     *     {@code limit}, which is always {@code recovered}
     * @param limit most publications, at least 1
     */
    History history(TopicName topic, @Nullable Position since, int limit);

    /**
     * Adds a member to a topic, or replaces the one of the same connection. It stays until it leaves or this node dies.
     * While the broker is unavailable this does not throw, but is done later.
     */
    void join(TopicName topic, Member member);

    /**
     * Takes a member of this node out; does nothing when there is none. While the broker is unavailable this does not throw,
     * but is done later.
     */
    void leave(TopicName topic, String connection);

    /** The members of a topic now, on all nodes, in order of their connection ids. */
    List<Member> members(TopicName topic);
}
