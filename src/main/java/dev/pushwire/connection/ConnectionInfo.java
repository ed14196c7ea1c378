package dev.pushwire.connection;

import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection as it was a moment ago, for those who run the service.
 *
 * @param endpoint the path pattern that it was mapped by
 * @param transport what carries it: {@code websocket}, or a kind of stream
 * @param address the client's, or the one that a trusted proxy named
 * @param principal the name of who the client is; null for nobody in particular
 * @param subprotocol in use; null for none
 * @param compressed whether permessage-deflate is in use
 * @param loop the index of the event loop that runs it
 * @param open whether messages go both ways; if not, it is being closed
 * @param age since the handshake
 * @param idle since the last message in either direction
 * @param outboxBytes that wait for the client to read
 */
public record ConnectionInfo(
        String id,
        String endpoint,
        String transport,
        String address,
        @Nullable String principal,
        @Nullable String subprotocol,
        boolean compressed,
        int loop,
        boolean open,
        Duration age,
        Duration idle,
        long outboxBytes) {

    /** On the connection's own loop. */
    static ConnectionInfo of(Connection connection, long now) {
        ConnectionSession session = connection.session();
        HandshakeInfo peer = connection.peer();
        Principal principal = session.principal();
        return new ConnectionInfo(
                session.id(),
                connection.binding().pattern(),
                connection.binding().transport(),
                session.remoteAddress(),
                principal == null ? null : principal.getName(),
                peer.subprotocol(),
                peer.compression() != null,
                connection.loop().index(),
                connection.isOpen(),
                Duration.ofNanos(connection.lifetime().age(now)),
                Duration.ofNanos(connection.lifetime().idle(now)),
                connection.out().backlog());
    }
}
