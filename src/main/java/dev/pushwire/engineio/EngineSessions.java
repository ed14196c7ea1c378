package dev.pushwire.engineio;

import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.polling.LocalSessions;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Answers requests of clients that poll, wherever they came in. A client that has two polls or two posts under way at once, goes away
 * while a poll waits, or posts what cannot be read, ends its session. Thread-safe.
 */
public final class EngineSessions implements LocalSessions {
    private final EngineServer server;

    public EngineSessions(EngineServer server) {
        this.server = server;
    }

    @Override
    public CompletableFuture<SessionAnswer> answer(SessionId id, SessionRequest request) {
        EngineSession session = server.polled(id);
        Polling polling = session == null ? null : session.polling();
        if (session == null || polling == null) {
            return CompletableFuture.completedFuture(Refused.UNKNOWN);
        }
        if (polling.isUpgraded()) {
            return CompletableFuture.completedFuture(Refused.MALFORMED);
        }
        return switch (request) {
            case SessionRequest.Poll poll -> poll(session, polling, poll);
            case SessionRequest.Post post -> post(session, polling, post);
            case SessionRequest.End _ -> {
                session.close(CloseReason.TRANSPORT_CLOSE);
                yield CompletableFuture.completedFuture(new Done());
            }
        };
    }

    private CompletableFuture<SessionAnswer> poll(EngineSession session, Polling polling, SessionRequest.Poll poll) {
        CompletableFuture<SessionAnswer> answer = polling.poll(poll.patience());
        if (answer == null) {
            session.close(CloseReason.TRANSPORT_ERROR);
            return CompletableFuture.completedFuture(Refused.MALFORMED);
        }
        CompletableFuture<?> _ = answer.whenComplete((what, failure) -> {
            if (answer.isCancelled()) {
                session.close(CloseReason.TRANSPORT_ERROR); // the client is gone
            } else if (what == Refused.UNKNOWN) {
                server.forget(session);
            }
        });
        return answer;
    }

    private static CompletableFuture<SessionAnswer> post(
            EngineSession session, Polling polling, SessionRequest.Post post) {
        if (!session.isOpen()) {
            return CompletableFuture.completedFuture(Refused.UNKNOWN);
        }
        if (!polling.beginPost()) {
            session.close(CloseReason.TRANSPORT_ERROR);
            return CompletableFuture.completedFuture(Refused.MALFORMED);
        }
        CompletableFuture<SessionAnswer> answer = PostedPayload.post((PostedSession) session.connection(), post.body());
        return answer.whenComplete((what, failure) -> {
            polling.endPost();
            if (what == Refused.MALFORMED) {
                session.close(CloseReason.PARSE_ERROR);
            }
        });
    }
}
