package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.ClusterAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The answers that this node waits for. Thread-safe. */
final class PendingAnswers {
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** Begins to take answers. */
    Pending open() {
        Pending fresh = new Pending(numbers.incrementAndGet());
        pending.put(fresh.number, fresh);
        return fresh;
    }

    /** How many questions have no answer yet. */
    int size() {
        return pending.size();
    }

    /** Takes an answer. Does nothing if no caller waits for it any more. */
    void arrived(NodeMessage.Answered answer) {
        Pending waiting = pending.get(answer.from().number());
        if (waiting != null) {
            waiting.arrived.add(answer);
        }
    }

    /** The answers to one question. */
    final class Pending implements AutoCloseable {
        private final long number;
        private final BlockingQueue<NodeMessage.Answered> arrived = new LinkedBlockingQueue<>();

        private Pending(long number) {
            this.number = number;
        }

        long number() {
            return number;
        }

        /** Waits for the answers of these nodes. */
        ClusterAnswers await(Collection<String> nodes, Duration patience) {
            long deadline = System.nanoTime() + patience.toNanos();
            Set<String> missing = new HashSet<>(nodes);
            List<String> answers = new ArrayList<>();
            boolean complete = true;
            try {
                while (!missing.isEmpty()) {
                    NodeMessage.Answered next = arrived.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    if (next == null) {
                        return new ClusterAnswers(answers, false);
                    }
                    missing.remove(next.from().node());
                    if (next.answer() == null) {
                        complete = false;
                    } else {
                        answers.add(next.answer());
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokerUnavailableException("Interrupted while waiting for other nodes", e);
            }
            return new ClusterAnswers(answers, complete);
        }

        @Override
        public void close() {
            pending.remove(number);
        }
    }
}
