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
 * Answers requests of polling clients, and of WebSockets on other nodes, whatever node got them. A client ends its
 * session if it has two polls or two posts under way at once, goes away while a poll waits, or posts an unreadable
 * body. Thread-safe.
 */
public final class EngineSessions implements LocalSessions {
    private final EngineServer server;

    public EngineSessions(EngineServer server) {
        this.server = server;
    }

    @Override
    public CompletableFuture<SessionAnswer> answer(SessionId id, SessionRequest request) {
        EngineSession session = server.session(id);
        if (session == null) {
            return CompletableFuture.completedFuture(Refused.UNKNOWN);
        }
        Polling polling = session.polling();
        if (polling == null) { // the session began over a WebSocket
            return CompletableFuture.completedFuture(
                    session.isOf(request.principal()) ? Refused.MALFORMED : Refused.UNKNOWN);
        }
        if (request instanceof SessionRequest.Carry carry) {
            return CompletableFuture.completedFuture(
                    session.mayBeOf(carry.principal()) ? carry(session, polling, carry) : Refused.UNKNOWN);
        }
        Carrier carrier = polling.carrier();
        boolean isRefused = carrier == null && (isLost(session) || !session.isOf(request.principal()));
        return switch (request) {
            case SessionRequest _ when isRefused -> CompletableFuture.completedFuture(Refused.UNKNOWN);
            case SessionRequest.Poll poll
            when carrier != null && isCounted(poll.acknowledged()) -> last(session, carrier.poll(poll));
            case SessionRequest.Post post
            when carrier != null && isCounted(post.number()) -> checked(session, carrier.post(post));
            case SessionRequest.Poll poll when !polling.isOnWebSocket() -> poll(session, polling, poll);
            case SessionRequest.Post post when !polling.isOnWebSocket() -> post(session, polling, post);
            case SessionRequest.End _
            when !polling.isOnWebSocket() -> {
                session.close(CloseReason.TRANSPORT_ERROR);
                yield CompletableFuture.completedFuture(new Done());
            }
            default -> CompletableFuture.completedFuture(Refused.MALFORMED);
        };
    }

    /** Whether the session has ended with nothing left to collect. A poll that waited has got the last packets. */
    private static boolean isLost(EngineSession session) {
        return session.closed() != null && !session.endedInOrder();
    }

    /** Whether the request is from a WebSocket on another node. Clients do not number their requests. */
    private static boolean isCounted(long number) {
        return number != SessionRequest.UNNUMBERED;
    }

    private SessionAnswer carry(EngineSession session, Polling polling, SessionRequest.Carry carry) {
        boolean done = switch (carry.step()) {
            case LOOK -> true;
            case PROBE -> {
                Carrier next = new Carrier(carry.carrier(), session, polling);
                yield server.settings().upgrades() && polling.begin(next) && polling.probed(next);
            }
            case TAKE -> polling.candidate() instanceof Carrier by && by.is(carry.carrier()) && polling.upgrade(by);
            case LEAVE -> leave(session, polling, carry.carrier());
        };
        return done ? new Done() : Refused.MALFORMED;
    }

    private static boolean leave(EngineSession session, Polling polling, String id) {
        if (polling.candidate() instanceof Carrier by && by.is(id)) {
            polling.giveUp(by);
            return true;
        }
        Carrier carrier = polling.carrier();
        boolean carries = carrier != null && carrier.is(id);
        if (carries) {
            session.close(CloseReason.TRANSPORT_CLOSE);
        }
        return carries;
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
            }
        });
        return last(session, answer);
    }

    /** Forgets the session once nothing is left to collect. */
    private CompletableFuture<SessionAnswer> last(EngineSession session, CompletableFuture<SessionAnswer> answer) {
        CompletableFuture<?> _ = answer.whenComplete((what, failure) -> {
            if (what == Refused.UNKNOWN) {
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
        // Before the answer goes out: the next post may follow it at once.
        CompletableFuture<SessionAnswer> answer = PostedPayload.post((PostedSession) session.connection(), post.body())
                .whenComplete((what, failure) -> polling.endPost());
        return checked(session, answer);
    }

    private static CompletableFuture<SessionAnswer> checked(
            EngineSession session, CompletableFuture<SessionAnswer> answer) {
        return answer.whenComplete((what, failure) -> {
            if (what == Refused.MALFORMED) {
                session.close(CloseReason.PARSE_ERROR);
            }
        });
    }
}
