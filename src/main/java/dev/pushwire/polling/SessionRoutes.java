package dev.pushwire.polling;

import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Refused;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a request to the node that has its session. It asks only nodes whose names are valid, and never sends a
 * request to all of them. Thread-safe.
 */
public final class SessionRoutes {
    /** How long to wait, in addition to the request's own patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NodeName self;
    private final ClusterBus nodes;
    private final String address;
    private final LocalSessions local;
    private final LargeBatches large = new LargeBatches();

    /** @param address the address of the same door on all nodes, see {@link ClusterBus#answer} */
    public SessionRoutes(NodeName self, ClusterBus nodes, String address, LocalSessions local) {
        this.self = self;
        this.nodes = nodes;
        this.address = address;
        this.local = local;
        nodes.answer(address, this::answer);
    }

    private CompletableFuture<byte[]> answer(byte[] question) {
        RequestCodec.Question asked = RequestCodec.readQuestion(question, self);
        CompletableFuture<SessionAnswer> answer =
                asked.from() == 0 ? local.answer(asked.id(), asked.request()) : rest(asked);
        return Answers.following(answer, (what, failure) -> {
            if (what == null) {
                throw new CompletionException(failure);
            }
            if (asked.from() == 0 && what instanceof Batch batch) {
                large.keep(asked.id(), batch);
            }
            return RequestCodec.writeAnswer(what, asked.from());
        });
    }

    private CompletableFuture<SessionAnswer> rest(RequestCodec.Question asked) {
        Batch batch = large.rest(asked.id(), asked.from());
        return CompletableFuture.completedFuture(batch == null ? Refused.UNREACHABLE : batch);
    }

    /** Whether another node would have the session. */
    public boolean isElsewhere(SessionId id) {
        return !id.node().equals(self);
    }

    /**
     * Makes the node that has the session answer a request. Does not wait.
     *
     * @return the answer; never fails. A caller that no longer wants it cancels it, and the other node learns of that.
     *     It completes on any thread, so what depends on it must not wait
     */
    public CompletableFuture<SessionAnswer> answer(SessionId id, SessionRequest request) {
        if (!isElsewhere(id)) {
            return Answers.following(
                    local.answer(id, request), (answer, failure) -> answer == null ? Refused.UNREACHABLE : answer);
        }
        return ask(id, request, new ByteArrayOutputStream(0));
    }

    /**
     * Asks the node of the session. A batch may be too large for one answer. Then the rest is asked for, which the
     * other node still has.
     */
    private CompletableFuture<SessionAnswer> ask(SessionId id, SessionRequest request, ByteArrayOutputStream read) {
        byte[] question = RequestCodec.writeQuestion(id, request, read.size());
        CompletableFuture<byte[]> asked =
                nodes.ask(id.node(), address, question, request.patience().plus(PATIENCE));
        CompletableFuture<RequestCodec.Answer> answered = Answers.following(
                asked,
                (bytes, failure) ->
                        bytes == null ? new RequestCodec.Answer(refusal(failure), 0) : RequestCodec.readAnswer(bytes));
        return Answers.after(answered, answer -> {
            if (!(answer.what() instanceof Batch(byte[] content))) {
                return CompletableFuture.completedFuture(answer.what());
            }
            read.writeBytes(content);
            return read.size() < answer.total()
                    ? ask(id, request, read)
                    : CompletableFuture.completedFuture(new Batch(read.toByteArray()));
        });
    }

    private static SessionAnswer refusal(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof AskFailedException failed) {
            return switch (failed.reason()) {
                case UNREACHABLE -> Refused.UNKNOWN; // the node has ended, and its sessions with it
                case FAILED, UNAVAILABLE, LATE -> Refused.UNREACHABLE;
            };
        }
        return Refused.UNREACHABLE;
    }
}
