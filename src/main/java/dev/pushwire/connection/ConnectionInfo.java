package dev.pushwire.connection;

import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection as it was a moment ago, for operators. Immutable.
 *
 * @param endpoint the path pattern of the endpoint
 * @param transport what carries the connection: {@code websocket}, or a kind of stream
 * @param address the client's IP address, which behind a trusted proxy is the one that it named
 * @param principal the name of the client's user; null if it is anonymous
 * @param subprotocol the subprotocol in use; null for none
 * @param compressed whether permessage-deflate is in use
 * @param loop the index of the event loop that runs it
 * @param open whether messages go both ways; if not, it is being closed
 * @param age the time since the handshake
 * @param idle the time since the last message in either direction
 * @param outboxBytes how many bytes wait for the client to read
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

    /** Describes a connection. Called on the connection's own loop. */
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
