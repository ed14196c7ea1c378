package dev.pushwire.polling;

import dev.pushwire.connection.MailboxTransport;
import dev.pushwire.polling.SessionAnswer.Refused;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The sessions of one door on this node whose clients send requests. Thread-safe. */
public final class PolledSessions implements LocalSessions {
    private final int most;
    private final PostedBodies bodies;
    private final Map<String, PolledSession> sessions = new ConcurrentHashMap<>(); // by the key of their ids
    private final AtomicInteger polled = new AtomicInteger();

    /**
     * @param most how many sessions may be polled. Sessions that stream have a connection each, so their number is
     *     bounded anyway
     */
    public PolledSessions(int most, PostedBodies bodies) {
        this.most = most;
        this.bodies = bodies;
    }

    /**
     * Adds a session that streams to its client. The client can post to it.
     *
     * @param principal the user whose requests alone are answered; null for any caller that knows the id
     */
    public PolledSession add(SessionId id, @Nullable String principal) {
        PolledSession session = new PolledSession(id, principal, null, bodies);
        sessions.put(id.key(), session);
        return session;
    }

    /** Adds a session that is polled; null if there are as many as there may be. */
    public @Nullable PolledSession add(SessionId id, @Nullable String principal, MailboxTransport mailbox) {
        if (polled.getAndIncrement() >= most) {
            polled.decrementAndGet();
            return null;
        }
        PolledSession session = new PolledSession(id, principal, mailbox, bodies);
        sessions.put(id.key(), session);
        return session;
    }

    /** Whether there may be one more that is polled. */
    public boolean hasRoom() {
        return polled.get() < most;
    }

    /** A session is over. */
    public void remove(SessionId id) {
        PolledSession gone = sessions.remove(id.key());
        if (gone != null && gone.isPolled()) {
            polled.decrementAndGet();
        }
    }

    /** How many sessions are polled. */
    public int polled() {
        return polled.get();
    }

    @Override
    public CompletableFuture<SessionAnswer> answer(SessionId id, SessionRequest request) {
        PolledSession session = sessions.get(id.key());
        return session == null ? CompletableFuture.completedFuture(Refused.UNKNOWN) : session.answer(id, request);
    }
}
