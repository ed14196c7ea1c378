package dev.pushwire.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The tasks that a client runs later. None runs once the client is closed. Thread-safe. */
final class Timers {
    private final Executor executor;
    private final Set<Timer> waiting = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    /** A task that is due at some time. */
    private static final class Timer {
        private final CompletableFuture<Void> due = new CompletableFuture<>();
    }

    /** @param executor runs the tasks, which may block */
    Timers(Executor executor) {
        this.executor = executor;
    }

    synchronized void after(Duration wait, Runnable action) {
        if (closed) {
            return;
        }
        Timer timer = new Timer();
        waiting.add(timer);
        var _ = timer.due.thenRunAsync(
                () -> {
                    if (remove(timer)) {
                        action.run();
                    }
                },
                executor);
        timer.due.completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized boolean remove(Timer timer) {
        return waiting.remove(timer);
    }

    /** Drops all tasks. None begins any more. */
    void close() {
        List<Timer> forgotten;
        synchronized (this) {
            closed = true;
            forgotten = List.copyOf(waiting);
            waiting.clear();
        }
        forgotten.forEach(timer -> timer.due.cancel(false));
    }
}
