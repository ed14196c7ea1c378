package dev.pushwire.push;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Runs tasks that may wait, one after the other, on a virtual thread that lives while there are some. Thread-safe. */
final class SerialTasks {
    private final String name;
    private final Queue<Runnable> waiting = new ArrayDeque<>(2); // guarded by this, as is the next
    private boolean running;

    /** @param name the thread's name */
    SerialTasks(String name) {
        this.name = name;
    }

    synchronized void add(Runnable task) {
        waiting.add(task);
        if (!running) {
            running = true;
            Thread.ofVirtual().name(name).start(this::run);
        }
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
