package dev.pushwire.engineio;

import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one request, on their way to the session. They are posted some at a time: the next ones follow once
 * those before are on their way to the endpoint. So a body of many short messages takes no more memory than its bytes,
 * and no more messages wait for the endpoint than may.
 */
final class PostedPayload {
    /** How many messages are posted at a time. A few times as many may wait for an endpoint. */
    private static final int MESSAGES = 64;

    /** How many bytes are posted at a time. */
    private static final int BYTES = 64 * 1024;

    private final PostedSession session;
    private final EnginePayload payload;
    private final CompletableFuture<SessionAnswer> answer = new CompletableFuture<>();

    private PostedPayload(PostedSession session, EnginePayload payload) {
        this.session = session;
        this.payload = payload;
    }

    /**
     * Posts the messages, and waits until the endpoint was called with them. So the next poll finds what it sent in
     * reply.
     *
     * @return {@code MALFORMED} if a part is not a message; the messages before it have been posted
     */
    static CompletableFuture<SessionAnswer> post(PostedSession session, byte[] body) {
        try {
            PostedPayload posted = new PostedPayload(session, new EnginePayload(body));
            posted.goOn();
            return posted.answer.thenCompose(answer -> session.handled().thenApply(_ -> answer));
        } catch (EngineException e) {
            return CompletableFuture.completedFuture(Refused.MALFORMED);
        }
    }

    private void goOn() {
        CompletableFuture<Posted> last = null;
        int bytes = 0;
        for (int i = 0; i < MESSAGES && bytes < BYTES; i++) {
            EnginePayload.Item next;
            try {
                next = payload.next();
            } catch (EngineException e) {
                end(last, Refused.MALFORMED);
                return;
            }
            if (next == null) {
                end(last, new Done());
                return;
            }
            bytes += next.data().remaining();
            last = session.post(next.isText(), next.data());
        }
        if (last != null) {
            CompletableFuture<?> _ = last.whenComplete((posted, failure) -> {
                if (posted == Posted.TAKEN) {
                    goOn();
                } else {
                    answer.complete(of(posted));
                }
            });
        }
    }

    /** Messages are taken in order, and none after a refused one. So the result of the last one stands for all. */
    private void end(@Nullable CompletableFuture<Posted> last, SessionAnswer with) {
        if (last == null) {
            answer.complete(with);
            return;
        }
        CompletableFuture<?> _ =
                last.whenComplete((posted, failure) -> answer.complete(posted == Posted.TAKEN ? with : of(posted)));
    }

    private static SessionAnswer of(@Nullable Posted posted) {
        return posted == Posted.FULL ? Refused.BUSY : Refused.UNKNOWN;
    }
}
