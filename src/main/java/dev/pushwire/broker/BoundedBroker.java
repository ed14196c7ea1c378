package dev.pushwire.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A broker that limits how many callers wait for a subscription at a time. If many clients come while the broker behind
 * it is slow, the waiting threads and their handshakes would fill the memory.
 */
public final class BoundedBroker implements Broker {
    /**
     * Half the clients of a full node with the usual limit. More do not come at once, and each takes some kilobytes.
     */
    public static final int MOST_WAITING = 50_000;

    /** Is told how subscriptions go, on the thread of the subscriber. It must not wait. */
    public interface Listener {
        /** A subscription was made, and took this long. */
        void subscribed(long nanos);

        /** A subscription failed. */
        void failed(Failure failure);
    }

    /** The reason why a subscription failed. */
    public enum Failure {
        /** The broker could not be reached, or did not answer in time. */
        UNAVAILABLE,
        /** As many callers as may wait were waiting already. */
        CROWDED
    }

    private final Broker broker;
    private final int most;
    private final Listener listener;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param most how many callers may wait for a subscription at a time */
    public BoundedBroker(Broker broker, int most, Listener listener) {
        this.broker = broker;
        this.most = most;
        this.listener = listener;
    }

    /** How many callers wait for a subscription now. */
    public int waiting() {
        return waiting.get();
    }

    /** @throws BrokerUnavailableException also if too many callers are waiting */
    @Override
    public @Nullable Position subscribe(TopicPattern pattern, Subscriber subscriber) {
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            listener.failed(Failure.CROWDED);
            throw new BrokerUnavailableException("More than " + most + " callers wait for a subscription");
        }
        long start = System.nanoTime();
        try {
            Position from = broker.subscribe(pattern, subscriber);
            listener.subscribed(System.nanoTime() - start);
            return from;
        } catch (BrokerUnavailableException e) {
            listener.failed(Failure.UNAVAILABLE);
            throw e;
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        return broker.publish(topic, payload, options);
    }

    @Override
    public boolean publishesAsync() {
        return broker.publishesAsync();
    }

    @Override
    public CompletableFuture<PublishOutcome> publishAsync(PublishRequest request) {
        return broker.publishAsync(request);
    }

    @Override
    public List<PublishOutcome> publish(List<PublishRequest> requests) {
        return broker.publish(requests);
    }

    @Override
    public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        broker.unsubscribe(pattern, subscriber);
    }

    @Override
    public History history(TopicName topic, @Nullable Position since, int limit) {
        return broker.history(topic, since, limit);
    }

    @Override
    public void join(TopicName topic, Member member) {
        broker.join(topic, member);
    }

    @Override
    public void leave(TopicName topic, String connection) {
        broker.leave(topic, connection);
    }

    @Override
    public List<Member> members(TopicName topic) {
        return broker.members(topic);
    }
}
