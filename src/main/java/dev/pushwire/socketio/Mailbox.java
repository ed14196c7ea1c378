package dev.pushwire.socketio;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what is to be done for one socket, one thing after the other, on a virtual thread that lives as long as there is something.
 * Thread-safe.
 */
final class Mailbox {
    /** Enough to keep a thread busy, and little to hold for a handler that does not come back. */
    static final int MOST_TASKS = 64;

    static final int MOST_BYTES = 64 * 1024;

    private @Nullable ArrayDeque<Task> tasks; // guarded by this, as is the next; null when idle
    private int bytes;

    private record Task(int size, Runnable action) {}

    /**
     * @param size what it takes while it waits, in bytes
     * @param action must not throw
     */
    synchronized void submit(int size, Runnable action) {
        ArrayDeque<Task> waiting = tasks;
        if (waiting != null) {
            waiting.add(new Task(size, action));
            bytes += size;
            return;
        }
        tasks = new ArrayDeque<>(1);
        try {
            Thread.startVirtualThread(() -> runAll(action));
        } catch (Throwable t) {
            tasks = null;
            throw t;
        }
    }

    private void runAll(Runnable first) {
        Runnable action = first;
        while (action != null) {
            action.run();
            action = next();
        }
    }

    private synchronized @Nullable Runnable next() {
        Task task = tasks == null ? null : tasks.poll();
        notifyAll();
        if (task == null) {
            tasks = null;
            return null;
        }
        bytes -= task.size;
        return task.action;
    }

    /** For what runs here: whether nothing comes behind it. */
    synchronized boolean isLast() {
        return tasks == null || tasks.isEmpty();
    }

    synchronized boolean hasRoom() {
        return tasks == null || (tasks.size() < MOST_TASKS && bytes < MOST_BYTES);
    }

    /** Waits while too much waits here, but no longer than somebody needs it. */
    synchronized void awaitRoom(BooleanSupplier needed) throws InterruptedException {
        while (!hasRoom() && needed.getAsBoolean()) {
            wait();
        }
    }

    /** Has those who wait look again. */
    synchronized void wake() {
        notifyAll();
    }
}
