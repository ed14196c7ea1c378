package dev.pushwire.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bus of a node that is alone. It handles notices and questions on the thread of the caller, which waits for
 * nothing else.
 */
public final class MemoryClusterBus implements ClusterBus {
    private final NodeName self;
    private final ClusterListener listener;
    private final Duration retention;
    private final int most;
    private final InstantSource clock;
    private final QuestionHandlers handlers = new QuestionHandlers();
    private final Map<String, Instant> kept = new HashMap<>(); // guarded by this

    /** @param most notices to keep */
    public MemoryClusterBus(
            NodeName self, ClusterListener listener, Duration retention, int most, InstantSource clock) {
        this.self = self;
        this.listener = listener;
        this.retention = retention;
        this.most = most;
        this.clock = clock;
        listener.caughtUp();
    }

    @Override
    public ClusterAnswers broadcast(String key, String notice, Duration patience) {
        return answers(hear(key, notice).get());
    }

    /** How many notices are kept. */
    public synchronized int kept() {
        forgetOld(clock.instant());
        return kept.size();
    }

    private void forgetOld(Instant now) {
        kept.values().removeIf(since -> since.isBefore(now.minus(retention)));
    }

    private synchronized Supplier<@Nullable String> hear(String key, String notice) {
        Instant now = clock.instant();
        if (!kept.containsKey(key) && kept.size() >= most) {
            forgetOld(now);
            if (kept.size() >= most) {
                throw new TooManyNoticesException();
            }
        }
        kept.put(key, now);
        return listener.told(notice);
    }

    @Override
    public ClusterAnswers request(String question, Duration patience) {
        return answers(listener.asked(question));
    }

    @Override
    public ClusterAnswers request(NodeName node, String question, Duration patience) {
        return node.equals(self) ? request(question, patience) : new ClusterAnswers(List.of(), true);
    }

    @Override
    public CompletableFuture<byte[]> ask(NodeName node, String address, byte[] question, Duration patience) {
        if (node.equals(self)) {
            return handlers.ask(address, question, patience);
        }
        QuestionHandlers.check(address, question);
        return CompletableFuture.failedFuture(
                new AskFailedException(AskFailedException.Reason.UNREACHABLE, "There is no other node"));
    }

    @Override
    public void answer(String address, QuestionHandler handler) {
        handlers.add(address, handler);
    }

    @Override
    public void keep(Map<String, byte[]> things, Duration life) {}

    @Override
    public byte @Nullable [] take(String key) {
        return null;
    }

    private static ClusterAnswers answers(@Nullable String answer) {
        return answer == null ? new ClusterAnswers(List.of(), false) : new ClusterAnswers(List.of(answer), true);
    }
}
