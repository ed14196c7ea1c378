package dev.pushwire.socketio;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The answers of one socket that are waited for. Thread-safe. */
final class AwaitedAcks {
    /** A client that answers nothing is given up by each who waits before it has taken much memory. */
    static final int MOST = 1000;

    private final Map<Long, CompletableFuture<Arguments>> futures = new HashMap<>(4);
    private boolean closed;

    /** @throws IllegalStateException when there are as many as there may be */
    CompletableFuture<Arguments> await(long id, Duration patience) {
        CompletableFuture<Arguments> future = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                future.completeExceptionally(left());
                return future;
            }
            if (futures.size() >= MOST) {
                throw new IllegalStateException(MOST + " answers of this client are awaited already");
            }
            futures.put(id, future);
        }
        return future.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, _) -> remove(id));
    }

    private synchronized CompletableFuture<Arguments> remove(long id) {
        CompletableFuture<Arguments> future = futures.remove(id);
        return future == null ? CompletableFuture.failedFuture(left()) : future;
    }

    /** @return whether anybody waited for it */
    boolean answer(long id, Arguments arguments) {
        return remove(id).complete(arguments);
    }

    /** No more answers come. */
    void close() {
        List<CompletableFuture<Arguments>> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(futures.values());
        }
        all.forEach(future -> future.completeExceptionally(left()));
    }

    /** Why there is no answer, without what futures wrap it in. */
    static Throwable cause(@Nullable Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return failure.getCause();
        }
        return failure == null ? left() : failure;
    }

    private static CancellationException left() {
        return new CancellationException("The client has left the namespace");
    }
}
