package dev.pushwire.socketio;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The answers of one socket that callers wait for. Thread-safe. */
final class AwaitedAcks {
    /** The limit to awaited answers. A client that answers nothing is given up before it has taken much memory. */
    static final int MOST = 1000;

    private @Nullable Map<Long, CompletableFuture<Arguments>>
            futures; // guarded by this, as is the next; null for none yet
    private boolean closed;

    /** @throws IllegalStateException if as many answers are awaited as there may be */
    CompletableFuture<Arguments> await(long id, Duration patience) {
        CompletableFuture<Arguments> future = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                future.completeExceptionally(left());
                return future;
            }
            if (futures == null) {
                futures = new HashMap<>(4);
            }
            if (futures.size() >= MOST) {
                throw new IllegalStateException(MOST + " answers of this client are awaited already");
            }
            futures.put(id, future);
        }
        return future.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, _) -> forget(id));
    }

    private synchronized void forget(long id) {
        if (futures != null) {
            futures.remove(id);
        }
    }

    private synchronized @Nullable CompletableFuture<Arguments> get(long id) {
        return futures == null ? null : futures.get(id);
    }

    /**
     * Takes an answer.
     *
     * @return whether a caller waited for it
     */
    boolean answer(long id, Arguments arguments) {
        CompletableFuture<Arguments> future = get(id);
        return future != null && future.complete(arguments);
    }

    /** The socket has left: no more answers come. */
    void close() {
        List<CompletableFuture<Arguments>> all;
        synchronized (this) {
            closed = true;
            all = futures == null ? List.of() : List.copyOf(futures.values());
        }
        all.forEach(future -> future.completeExceptionally(left()));
    }

    static CancellationException left() {
        return new CancellationException("The client has left the namespace");
    }
}
