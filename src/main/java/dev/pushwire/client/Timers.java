package dev.pushwire.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What a client does later, and no more once it is closed. Thread-safe. */
final class Timers {
    private final Executor executor;
    private final Set<CompletableFuture<Void>> waiting = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    /** @param executor runs what was to wait, which may block */
    Timers(Executor executor) {
        this.executor = executor;
    }

    synchronized void after(Duration wait, Runnable action) {
        if (closed) {
            return;
        }
        CompletableFuture<Void> timer = new CompletableFuture<>();
        waiting.add(timer);
        var _ = timer.thenRunAsync(
                () -> {
                    if (remove(timer)) {
                        action.run();
                    }
                },
                executor);
        timer.completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized boolean remove(CompletableFuture<Void> timer) {
        return waiting.remove(timer);
    }

    /** Forgets what waits. Nothing begins from here on. */
    void close() {
        List<CompletableFuture<Void>> forgotten;
        synchronized (this) {
            closed = true;
            forgotten = List.copyOf(waiting);
            waiting.clear();
        }
        forgotten.forEach(timer -> timer.cancel(false));
    }
}
