package dev.pushwire.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A broker that tells a listener how long the answers of the broker behind it take. Subscriptions are left to
 * {@link BoundedBroker}.
 */
public final class TimedBroker implements Broker {
    /** Is told of each call when it is over. It must not wait. */
    public interface Listener {
        /** The broker answered, and took this long. */
        void answered(Operation operation, long nanos);

        /** The broker could not be reached, or did not answer in time. */
        void failed(Operation operation);
    }

    /** A call for which the caller waits. */
    public enum Operation {
        PUBLISH,
        HISTORY,
        MEMBERS
    }

    private final Broker broker;
    private final Listener listener;

    public TimedBroker(Broker broker, Listener listener) {
        this.broker = broker;
        this.listener = listener;
    }

    private <T> T timed(Operation operation, Supplier<T> call) {
        long start = System.nanoTime();
        T answer;
        try {
            answer = call.get();
        } catch (BrokerUnavailableException e) {
            listener.failed(operation);
            throw e;
        }
        listener.answered(operation, System.nanoTime() - start);
        return answer;
    }

    @Override
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        return timed(Operation.PUBLISH, () -> broker.publish(topic, payload, options));
    }

    @Override
    public boolean publishesAsync() {
        return broker.publishesAsync();
    }

    @Override
    public CompletableFuture<PublishOutcome> publishAsync(PublishRequest request) {
        long start = System.nanoTime();
        return broker.publishAsync(request).thenApply(outcome -> {
            tell(start, isUnavailable(outcome));
            return outcome;
        });
    }

    /** Counts as one call: it takes hardly longer than one, and has failed if one publication has failed. */
    @Override
    public List<PublishOutcome> publish(List<PublishRequest> requests) {
        long start = System.nanoTime();
        List<PublishOutcome> outcomes = broker.publish(requests);
        tell(start, outcomes.stream().anyMatch(TimedBroker::isUnavailable));
        return outcomes;
    }

    private void tell(long start, boolean hasFailed) {
        if (hasFailed) {
            listener.failed(Operation.PUBLISH);
        } else {
            listener.answered(Operation.PUBLISH, System.nanoTime() - start);
        }
    }

    private static boolean isUnavailable(PublishOutcome outcome) {
        return outcome instanceof PublishOutcome.Failed(RuntimeException reason)
                && reason instanceof BrokerUnavailableException;
    }

    @Override
    public History history(TopicName topic, @Nullable Position since, int limit) {
        return timed(Operation.HISTORY, () -> broker.history(topic, since, limit));
    }

    @Override
    public List<Member> members(TopicName topic) {
        return timed(Operation.MEMBERS, () -> broker.members(topic));
    }

    @Override
    public @Nullable Position subscribe(TopicPattern pattern, Subscriber subscriber) {
        return broker.subscribe(pattern, subscriber);
    }

    @Override
    public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        broker.unsubscribe(pattern, subscriber);
    }

    @Override
    public void join(TopicName topic, Member member) {
        broker.join(topic, member);
    }

    @Override
    public void leave(TopicName topic, String connection) {
        broker.leave(topic, connection);
    }
}
