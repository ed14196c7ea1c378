package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Channels that the node is subscribing to. Callers that wait for them share the result. Thread-safe; the lock of the
 * owner guards the number of waiting callers.
 */
final class Opening {
    /** How long callers wait, counted from the beginning. So a caller that joins later waits less. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisConnections redis;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();
    private int waiting;

    Opening(RedisConnections redis) {
        this.redis = redis;
    }

    RedisConnections redis() {
        return redis;
    }

    /** @return how many wait now */
    int enter() {
        return ++waiting;
    }

    /** @return how many wait now */
    int leave() {
        return --waiting;
    }

    boolean isDeserted() {
        return waiting == 0;
    }

    /** Ends with success, unless it has ended. */
    boolean succeed() {
        return done.complete(null);
    }

    /** Ends with a failure, unless it has ended. */
    boolean fail(BrokerUnavailableException reason) {
        return done.completeExceptionally(reason);
    }

    boolean hasSucceeded() {
        return done.isDone() && !done.isCompletedExceptionally();
    }

    boolean isUnderWay() {
        return !done.isDone();
    }

    /** @throws BrokerUnavailableException if it fails, or does not end in time */
    void await() {
        try {
            done.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new BrokerUnavailableException("The subscription failed", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException("The subscription took longer than " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("The subscription was interrupted", e);
        }
    }
}
