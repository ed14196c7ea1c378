package dev.pushwire.redis;

import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.AskFailedException.Reason;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.QuestionHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The questions that this node has asked others, and that have no answer yet. Thread-safe. */
final class AskedQuestions {
    /**
     * The most questions: as many as may wait for a subscription. Each takes some hundred bytes here, and its client a
     * connection.
     */
    static final int MOST = 50_000;

    private final Map<Long, Asked> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** One question. */
    static final class Asked {
        private final NodeName node;
        private final long number;
        private final CompletableFuture<byte[]> answer;
        private volatile boolean sent;

        private Asked(NodeName node, long number, Duration patience) {
            this.node = node;
            this.number = number;
            this.answer = QuestionHandlers.awaited(patience);
        }

        NodeName node() {
            return node;
        }

        long number() {
            return number;
        }

        CompletableFuture<byte[]> answer() {
            return answer;
        }

        /** The question is on its way. If the other node does not have it at the next heartbeat, it is lost. */
        void sent() {
            sent = true;
        }

        void fail(Reason reason, String message) {
            answer.completeExceptionally(new AskFailedException(reason, message));
        }
    }

    /** Begins to wait for an answer. A question beyond the limit has failed already. */
    Asked open(NodeName node, Duration patience) {
        Asked asked = new Asked(node, numbers.incrementAndGet(), patience);
        if (waiting.size() >= MOST) {
            asked.fail(Reason.UNAVAILABLE, "This node waits for more than " + MOST + " answers");
            return asked;
        }
        waiting.put(asked.number, asked);
        CompletableFuture<?> _ = asked.answer.whenComplete((answer, failure) -> waiting.remove(asked.number));
        return asked;
    }

    /** Takes an answer. Like the methods below, it does nothing if no caller waits for it any more. */
    void answered(QuestionMessage.Answered answered) {
        Asked asked = waiting.get(answered.number());
        if (asked != null) {
            asked.answer.complete(answered.answer());
        }
    }

    void fail(long number, Reason reason, String message) {
        Asked asked = waiting.get(number);
        if (asked != null) {
            asked.fail(reason, message);
        }
    }

    /** The questions that are on their way, by the node that was asked. */
    Map<NodeName, List<Asked>> byNode() {
        return waiting.values().stream().filter(asked -> asked.sent).collect(Collectors.groupingBy(Asked::node));
    }

    /** How many questions wait for an answer. */
    int size() {
        return waiting.size();
    }

    void failAll(Reason reason, String message) {
        waiting.values().forEach(asked -> asked.fail(reason, message));
    }
}
