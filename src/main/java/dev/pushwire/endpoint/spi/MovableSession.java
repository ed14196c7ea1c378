package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Session;
import java.util.concurrent.CompletableFuture;

/**
 * A session that can continue over another connection, for instance over a WebSocket after polls. Every session of an
 * event loop is one.
 */
public interface MovableSession extends LeasedSession {
    /**
     * Casts a session to this type.
     *
     * @throws IllegalArgumentException if the session belongs to no event loop
     */
    static MovableSession of(Session session) {
        if (session instanceof MovableSession movable) {
            return movable;
        }
        throw new IllegalArgumentException("Not a session of an event loop: " + session);
    }

    /**
     * Continues over the connection of another session. From now on, that connection belongs to this session, and the
     * other session is over. This session keeps its id, its lease, its attributes and its places in groups. The
     * heartbeat stays with the connection.
     *
     * <p>The move is one step of the event loop that both sessions are on. Messages that wait from before come first,
     * and later ones follow. A group sends the session nothing twice. Messages that move do not count as sent again.
     *
     * <p>The session moves once its endpoint has been called with all that came over the former connection. The framing
     * of that connection must be that of records. If a callback of {@code other} waits for the move, its later calls
     * get this session.
     *
     * @return completes on the event loop or on a thread of the endpoint; with false, and nothing has changed, if one
     *     of the sessions has ended or is about to
     * @throws IllegalArgumentException if they are on different event loops; see {@link SuccessorEndpoint}
     */
    CompletableFuture<Boolean> moveTo(MovableSession other);
}
