package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Session;
import java.util.concurrent.CompletableFuture;

/** A session that can go on over another connection: over a WebSocket after polls, for instance. Every session of an event loop is one. */
public interface MovableSession extends LeasedSession {
    /**
     * A session, as one that can move.
     *
     * @throws IllegalArgumentException for a session that no event loop has
     */
    static MovableSession of(Session session) {
        if (session instanceof MovableSession movable) {
            return movable;
        }
        throw new IllegalArgumentException("Not a session of an event loop: " + session);
    }

    /**
     * Goes on over the connection of another session, which from here on has this one's and is over. The session keeps its id, its
     * lease, its attributes and its places in groups. It is one step of the event loop that both are on: what was sent before and
     * waits comes first, what is sent from here on comes behind it, and a group sends it nothing twice. Not counted as sent again.
     * The heart-beat stays with the connection.
     *
     * <p>It moves once its endpoint has been called with all that came over the former connection, whose framing has to be that of
     * records. A callback of {@code other} that waits for it gets this session in the calls that follow.
     *
     * @return completes on the event loop or on a thread of the endpoint; with false, and nothing has changed, when one of them has
     *     ended or is about to
     * @throws IllegalArgumentException when they are on different event loops; see {@link SuccessorEndpoint}
     */
    CompletableFuture<Boolean> moveTo(MovableSession other);
}
