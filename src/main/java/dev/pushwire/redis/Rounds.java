package dev.pushwire.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Gathers questions to each server while the server still answers earlier ones. So a crowd of callers costs a few round
 * trips, and no question waits for another server. Thread-safe; adding does not wait.
 */
final class Rounds<T> {
    /**
     * How many questions one round has: enough to be fast over a slow network, and few enough that the first answers
     * come soon.
     */
    static final int MOST = 500;

    private final Consumer<List<T>> round;
    private final Map<Object, Queue<T>> gathered =
            new HashMap<>(); // by server; there while rounds are under way. Guarded by this

    /** @param round carries out a round, and waits for the answers; must not throw */
    Rounds(Consumer<List<T>> round) {
        this.round = round;
    }

    void add(Object server, T item) {
        synchronized (this) {
            Queue<T> waiting = gathered.get(server);
            if (waiting != null) {
                waiting.add(item);
                return;
            }
            gathered.put(server, new ArrayDeque<>(List.of(item)));
        }
        Thread.ofVirtual().name("pushwire-redis-rounds").start(() -> run(server));
    }

    private void run(Object server) {
        for (List<T> next = next(server); !next.isEmpty(); next = next(server)) {
            round.accept(next);
        }
    }

    private synchronized List<T> next(Object server) {
        Queue<T> waiting = gathered.getOrDefault(server, new ArrayDeque<>());
        List<T> next = new ArrayList<>();
        for (T item = waiting.poll(); item != null; item = next.size() < MOST ? waiting.poll() : null) {
            next.add(item);
        }
        if (next.isEmpty()) {
            gathered.remove(server);
        }
        return next;
    }
}
