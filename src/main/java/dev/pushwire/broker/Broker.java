package dev.pushwire.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings publications to the subscribers on all nodes, and remembers them.
 *
 * <p>The guarantee:
 * <ul>
 * <li><b>Order.</b> Each publication of a topic gets the next offset of the topic's epoch. All subscribers see
 * publications in this order.
 * <li><b>Once.</b> A subscriber gets each publication once and without a gap, from the position that {@link #subscribe}
 * returned, however many of its patterns match. After an interruption, the broker gives it what it missed from the
 * history, before anything newer. If the history does not reach back so far, the broker tells it by
 * {@link Subscriber#resumed}.
 * <li><b>Acknowledged means kept.</b> A publication whose {@link #publish} has returned reaches every subscriber. It
 * stays in the history as long as its {@link Retention} says and there is room for it. If the broker loses it all the
 * same, the epoch changes and subscribers are told.
 * <li><b>Reading leaves nothing.</b> To read a topic, to subscribe to it and to unsubscribe stores nothing. A topic of
 * which nothing is stored stands at offset 0 of an epoch, and its next publication continues this epoch. A client that
 * comes back with that position gets what was published meanwhile, or is told that it may have missed something. It is
 * never told that it has missed nothing if it has. So an epoch ends before the broker forgets a topic that was
 * published to in it.
 * <li><b>Failure.</b> If the broker cannot be reached, or has no memory left for new data, each method throws
 * {@link BrokerUnavailableException}. The action may have happened or not. Subscriptions last, and continue when the
 * broker is back.
 * </ul>
 *
 * <p>Thread-safe. Every method but {@link #publishAsync} may wait for a network, so no other is for an event loop.
 */
public interface Broker {
    /**
     * Publishes to a topic.
     *
     * @throws TooManyTopicsException if there is no room for one more topic; nothing has changed then
     */
    PublishResult publish(TopicName topic, Payload payload, PublishOptions options);

    /**
     * Whether {@link #publishAsync} may be called. A broker that tells its subscribers on the thread of the publisher
     * cannot publish without waiting.
     */
    default boolean publishesAsync() {
        return false;
    }

    /**
     * Publishes to a topic without waiting. Publications that are under way at the same time may change their order.
     *
     * @return the outcome, which comes on a thread that must not wait
     */
    default CompletableFuture<PublishOutcome> publishAsync(PublishRequest request) {
        throw new UnsupportedOperationException("This broker does not publish without waiting");
    }

    /**
     * Publishes several, those of one topic in order. If publishing takes a network, they need not wait for each other.
     *
     * @return the outcomes, in the same order. After a failure, the others may have been tried or not. The list ends
     *     before the first that was not tried
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
     * Subscribes to the topics that match a pattern. Further calls with the same subscriber and pattern change nothing.
     *
     * @return the position of an exact topic. The first publication that the subscriber gets is the one after it, and
     *     it may come before this method returns. Null for a pattern with wildcards
     * @throws TooManyTopicsException if there is no room for one more topic; nothing has changed then
     */
    @Nullable
    Position subscribe(TopicPattern pattern, Subscriber subscriber);

    /** Ends a subscription. Does nothing if there is none. A call that is under way may still arrive. */
    void unsubscribe(TopicPattern pattern, Subscriber subscriber);

    /**
     * The publications that a topic remembers.
     *
     * @param since the method gives the oldest {@code limit} publications after this position; null for the newest
     *     {@code limit}, which are always {@code recovered}
     * @param limit how many publications at most, at least 1
     */
    History history(TopicName topic, @Nullable Position since, int limit);

    /**
     * Adds a member to a topic, or replaces the member of the same connection. The member stays until it leaves or this
     * node dies. While the broker is unavailable, the method does not throw: the broker adds the member later.
     */
    void join(TopicName topic, Member member);

    /**
     * Removes a member of this node. Does nothing if there is none. While the broker is unavailable, the method does
     * not throw: the broker removes the member later.
     */
    void leave(TopicName topic, String connection);

    /** The members of a topic now, on all nodes, in the order of their connection ids. */
    List<Member> members(TopicName topic);
}
