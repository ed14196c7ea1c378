package dev.pushwire.socketio;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one socket, one after the other, on a virtual thread that lives as long as there are tasks.
 * Thread-safe.
 */
final class Mailbox {
    /** Enough tasks to keep a thread busy, and few to hold for a handler that does not return. */
    static final int MOST_TASKS = 64;

    static final int MOST_BYTES = 64 * 1024;

    private @Nullable ArrayDeque<Task> tasks; // guarded by this, as is the next; null when idle
    private int bytes;

    private record Task(int size, Runnable action) {}

    /**
     * @param size the memory of the task while it waits, in bytes
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

    /** Whether no task waits after the running one. A task calls it. */
    synchronized boolean isLast() {
        return tasks == null || tasks.isEmpty();
    }

    synchronized boolean hasRoom() {
        return tasks == null || (tasks.size() < MOST_TASKS && bytes < MOST_BYTES);
    }

    /** Waits while too many tasks wait here, as long as {@code needed} is true. */
    synchronized void awaitRoom(BooleanSupplier needed) throws InterruptedException {
        while (!hasRoom() && needed.getAsBoolean()) {
            wait();
        }
    }

    /** Wakes the threads that wait for room. */
    synchronized void wake() {
        notifyAll();
    }
}
