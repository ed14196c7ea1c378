package dev.pushwire.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Sends the commands of one connection in order, and no faster than the service takes them. Thread-safe. */
final class Sender {
    private final Consumer<String> send;
    private final Pace pace;
    private final Timers timers;
    private final Queue<String> waiting = new ArrayDeque<>(); // guarded by this, as is the next
    private boolean isScheduled;

    Sender(Consumer<String> send, Pace pace, Timers timers) {
        this.send = send;
        this.pace = pace;
        this.timers = timers;
    }

    synchronized void push(String command) {
        waiting.add(command);
        flush();
    }

    /** The connection is over. */
    synchronized void stop() {
        waiting.clear();
    }

    private synchronized void flush() {
        while (!waiting.isEmpty() && pace.take()) {
            send.accept(waiting.remove());
        }
        if (!waiting.isEmpty() && !isScheduled) {
            isScheduled = true;
            timers.after(pace.untilNext(), this::resume);
        }
    }

    private synchronized void resume() {
        isScheduled = false;
        flush();
    }
}
