package dev.pushwire.redis;

import dev.pushwire.redis.NodeMessage.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The questions of other nodes that this one has not answered yet. A node says now and then which answers it still waits for: what it
 * has long said nothing of is cancelled. Thread-safe.
 */
final class HeldQuestions {
    private final Duration lease;
    private final Map<Sender, Held> held = new ConcurrentHashMap<>();

    private static final class Held {
        private final CompletableFuture<byte[]> answer;
        private volatile long heardAt = System.nanoTime();

        Held(CompletableFuture<byte[]> answer) {
            this.answer = answer;
        }
    }

    /** @param lease for how long nothing may be said of a question before it is cancelled */
    HeldQuestions(Duration lease) {
        this.lease = lease;
    }

    void add(Sender by, CompletableFuture<byte[]> answer) {
        held.put(by, new Held(answer));
    }

    /**
     * It is answered. A node that still waits for it is told so first, and only then is it forgotten: a node that says meanwhile that it waits
     * would be told that there is no such question.
     */
    void answered(Sender by, Runnable tell) {
        if (held.containsKey(by)) {
            tell.run();
            held.remove(by);
        }
    }

    /** Says that somebody still waits for an answer. Returns false when there is no such question. */
    boolean renew(Sender by) {
        Held known = held.get(by);
        if (known != null) {
            known.heardAt = System.nanoTime();
        }
        return known != null;
    }

    void cancel(Sender by) {
        Held known = held.remove(by);
        if (known != null) {
            known.answer.cancel(false);
        }
    }

    /** Cancels what nobody seems to wait for. */
    void expire() {
        long oldest = System.nanoTime() - lease.toNanos();
        held.forEach((by, each) -> {
            if (each.heardAt - oldest < 0) {
                cancel(by);
            }
        });
    }

    /** Returns those who waited. */
    List<Sender> cancelAll() {
        List<Sender> all = List.copyOf(held.keySet());
        all.forEach(this::cancel);
        return all;
    }
}
