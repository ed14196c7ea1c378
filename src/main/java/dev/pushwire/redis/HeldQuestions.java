package dev.pushwire.redis;

import dev.pushwire.redis.NodeMessage.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The questions of other nodes that this node has not answered yet. Each node reports now and then which answers it
 * still waits for. A question that it has not reported for long is cancelled. Thread-safe.
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

    /** @param lease how long a question may go unreported before it is cancelled */
    HeldQuestions(Duration lease) {
        this.lease = lease;
    }

    void add(Sender by, CompletableFuture<byte[]> answer) {
        held.put(by, new Held(answer));
    }

    /**
     * A question is answered. The node that waits is told first, and only then is the question forgotten: otherwise a
     * node that reports its wait at that moment would be told that there is no such question.
     */
    void answered(Sender by, Runnable tell) {
        if (held.containsKey(by)) {
            tell.run();
            held.remove(by);
        }
    }

    /**
     * A node still waits for an answer.
     *
     * @return false if there is no such question
     */
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

    /** Cancels the questions that no node has reported for the length of the lease. */
    void expire() {
        long oldest = System.nanoTime() - lease.toNanos();
        held.forEach((by, each) -> {
            if (each.heardAt - oldest < 0) {
                cancel(by);
            }
        });
    }

    /**
     * Cancels all questions.
     *
     * @return the nodes that waited
     */
    List<Sender> cancelAll() {
        List<Sender> all = List.copyOf(held.keySet());
        all.forEach(this::cancel);
        return all;
    }
}
