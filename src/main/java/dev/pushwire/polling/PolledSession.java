package dev.pushwire.polling;

import dev.pushwire.connection.Collected;
import dev.pushwire.connection.MailboxTransport;
import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionRequest.Carry;
import dev.pushwire.polling.SessionRequest.End;
import dev.pushwire.polling.SessionRequest.Poll;
import dev.pushwire.polling.SessionRequest.Post;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One session of this node whose client sends requests. Thread-safe. */
public final class PolledSession {
    /**
     * How many bytes a batch has, unless its first message is larger. A client that is far behind catches up in steps,
     * and memory is taken in pieces.
     */
    private static final int BATCH = 256 * 1024;

    /** How long the messages of a request may wait for the endpoint. */
    public static final Duration POST_PATIENCE = Duration.ofSeconds(30);

    private static final SessionAnswer DONE = new Done();
    private static final SessionAnswer NOTHING = new Batch(new byte[0]);

    private final SessionId id;
    private final @Nullable String principal;
    private final @Nullable MailboxTransport mailbox;
    private final PostedBodies bodies;
    private volatile @Nullable PostedSession session; // null until it is open
    private long lastNumber; // of the last post taken or under way; guarded by this, as is the next
    private CompletableFuture<SessionAnswer> lastPost = completed(DONE);

    /**
     * @param principal the user whose requests alone are answered; null for any caller that knows the id
     * @param mailbox null for a session that streams, and is not polled
     */
    PolledSession(SessionId id, @Nullable String principal, @Nullable MailboxTransport mailbox, PostedBodies bodies) {
        this.id = id;
        this.principal = principal;
        this.mailbox = mailbox;
        this.bodies = bodies;
    }

    public SessionId id() {
        return id;
    }

    boolean isPolled() {
        return mailbox != null;
    }

    /** The session is open, and its client may learn the id. */
    public void opened(PostedSession opened) {
        session = opened;
    }

    CompletableFuture<SessionAnswer> answer(SessionId asked, SessionRequest request) {
        PostedSession open = session;
        if (open == null || !id.hasSecretOf(asked)) {
            return completed(Refused.UNKNOWN);
        }
        if (principal != null && !principal.equals(request.principal())) {
            return completed(Refused.FOREIGN);
        }
        return switch (request) {
            case Post(var _, long number, byte[] body, var _) -> post(open, number, body);
            case Poll poll -> mailbox == null ? completed(Refused.MALFORMED) : collect(mailbox, poll);
            case End _ -> {
                open.close();
                yield completed(DONE);
            }
            case Carry _ -> completed(Refused.MALFORMED); // no WebSocket takes over a session of this kind
        };
    }

    private static CompletableFuture<SessionAnswer> completed(SessionAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static CompletableFuture<SessionAnswer> collect(MailboxTransport from, Poll poll) {
        CompletableFuture<Collected> collected = poll.acknowledged() == SessionRequest.UNNUMBERED
                ? from.collect(BATCH, poll.patience())
                : from.collect(poll.acknowledged(), BATCH, poll.patience());
        return Answers.following(
                collected, (what, failure) -> switch (Objects.requireNonNullElseGet(what, Collected.Ended::new)) {
                    case Collected.Batch(byte[] content) -> new Batch(content);
                    case Collected.Nothing _, Collected.Overtaken _ -> NOTHING;
                    case Collected.Unknown _ -> Refused.OUT_OF_ORDER;
                    case Collected.Ended _ -> Refused.UNKNOWN;
                });
    }

    private CompletableFuture<SessionAnswer> post(PostedSession to, long number, byte[] body) {
        List<PostedBodies.Message> messages = bodies.read(body);
        if (messages == null) {
            return completed(Refused.MALFORMED);
        }
        return number == SessionRequest.UNNUMBERED ? post(to, messages) : postOnce(to, number, messages);
    }

    /** Takes a body once. A body that was taken before is not taken again; one that is on its way is waited for. */
    private synchronized CompletableFuture<SessionAnswer> postOnce(
            PostedSession to, long number, List<PostedBodies.Message> messages) {
        if (number < lastNumber) {
            return completed(DONE);
        }
        if (number == lastNumber) {
            return lastPost.copy();
        }
        if (number > lastNumber + 1 || !lastPost.isDone()) {
            return completed(Refused.OUT_OF_ORDER);
        }
        CompletableFuture<SessionAnswer> answer = new CompletableFuture<>();
        lastNumber = number;
        lastPost = answer;
        CompletableFuture<?> _ = post(to, messages).whenComplete((what, failure) -> {
            if (what == Refused.BUSY) {
                forget(answer); // before the client knows, who then sends it again
            }
            answer.complete(what == null ? Refused.UNKNOWN : what);
        });
        return answer.copy();
    }

    private synchronized void forget(CompletableFuture<SessionAnswer> refused) {
        if (lastPost == refused) {
            lastNumber--;
            lastPost = completed(DONE);
        }
    }

    /**
     * Posts the messages of a body. A body that is refused in the middle can come again only if no message before was
     * taken. So a body is one message or few.
     */
    private static CompletableFuture<SessionAnswer> post(PostedSession to, List<PostedBodies.Message> messages) {
        CompletableFuture<Posted> all = CompletableFuture.completedFuture(Posted.TAKEN);
        for (PostedBodies.Message message : messages) {
            CompletableFuture<Posted> one =
                    to.post(message.isText(), ByteBuffer.wrap(message.content()), POST_PATIENCE);
            all = all.thenCombine(one, (before, now) -> before == Posted.TAKEN ? now : before);
        }
        return all.thenApply(posted -> switch (posted) {
            case TAKEN -> DONE;
            case FULL -> Refused.BUSY;
            case ENDED -> Refused.UNKNOWN;
        });
    }
}
