package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.polling.SessionId;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client of Engine.IO, from its handshake to its end. Its transport may change from long polling to a WebSocket.
 * Its connection, as the protocol above knows it, stays the same. Thread-safe.
 *
 * <p>Messages are those of the WebSocket transport: a text message is a packet with its type, a binary message is a
 * packet of binary data.
 */
public final class EngineSession {
    private final SessionId id;
    private final Session connection;
    private final @Nullable String principal;
    private final @Nullable Polling polling;
    private final AtomicReference<@Nullable CloseReason> closed = new AtomicReference<>();
    private volatile @Nullable EngineListener listener; // null only before the session is opened

    /**
     * @param principal the user that began the session; null if the client named none
     * @param polling null for a session that began over a WebSocket
     */
    EngineSession(SessionId id, Session connection, @Nullable Principal principal, @Nullable Polling polling) {
        this.id = id;
        this.connection = connection;
        this.principal = principal == null ? null : principal.getName();
        this.polling = polling;
    }

    void open(EngineListener above) {
        this.listener = above;
    }

    /** A secret between client and server: whoever has the id can speak for the client. */
    SessionId id() {
        return id;
    }

    /**
     * Whether a poll or a post is from this client. The id alone does not prove it, since it may have leaked.
     *
     * @param name the user of the request; null if it names none
     */
    boolean isOf(@Nullable String name) {
        return (name != null || principal == null) && mayBeOf(name);
    }

    /** The same for a WebSocket. It need not name a user, since a page cannot give it the headers that polls have. */
    boolean mayBeOf(@Nullable String name) {
        Principal now = connection.principal();
        return name == null || now == null || name.equals(now.getName());
    }

    /**
     * The client's connection. It stays the same for the life of the session, can be in groups, and has the client's
     * lease.
     */
    public Session connection() {
        return connection;
    }

    /** The state of long polling; null if the session began over a WebSocket. */
    @Nullable
    Polling polling() {
        return polling;
    }

    /** Sends a message. */
    public void send(OutboundMessage message) {
        connection.send(message);
    }

    /** The same, but never waits for the event loop: for a sender that holds a lock. */
    public void sendUnpaced(OutboundMessage message) {
        connection.sendUnpaced(message);
    }

    /**
     * The same, unless too much waits for the client.
     *
     * @return whether the message was taken
     */
    public boolean offer(OutboundMessage message) {
        return connection.offer(message);
    }

    /** Whether the session has not ended. */
    public boolean isOpen() {
        return closed.get() == null && connection.isOpen();
    }

    /** Why the session has ended; null if it has not. */
    @Nullable
    CloseReason closed() {
        return closed.get();
    }

    /** Whether the session has ended in order: a polling client may still collect the last packets. */
    boolean endedInOrder() {
        CloseReason why = closed.get();
        return why != null && why.isOrderly();
    }

    /** Ends the session. Only the first call has an effect. */
    public void close(CloseReason reason) {
        if (closed.compareAndSet(null, reason)) {
            connection.close(status(reason));
            listener().closed(reason);
        }
    }

    /** The reference implementation sends no close code. We send the codes that other endpoints close with. */
    private static CloseStatus status(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> Polling.CLIENT_LEFT;
            case PING_TIMEOUT, FORCED_SERVER_CLOSE -> CloseStatus.NORMAL;
            case TRANSPORT_ERROR, PARSE_ERROR, FORCED_CLOSE -> new CloseStatus(4400, "that is no Socket.IO");
        };
    }

    private EngineListener listener() {
        return Objects.requireNonNull(listener, "opened");
    }

    /** A text message from the transport. */
    void receive(String message) {
        try {
            receive(EnginePacket.read(message));
        } catch (EngineException e) {
            close(e.reason());
        }
    }

    private void receive(EnginePacket packet) throws EngineException {
        switch (packet.type()) {
            case MESSAGE -> listener().text(packet.data());
            case CLOSE -> close(CloseReason.TRANSPORT_CLOSE);
            case PING -> throw new EngineException(CloseReason.TRANSPORT_ERROR); // only servers ping
            case PONG -> listener().ponged();
            case OPEN, UPGRADE, NOOP -> {} // have no meaning here, and do no harm
        }
    }

    /** A binary message from the transport. */
    void receive(ByteBuffer data) {
        try {
            listener().binary(data);
        } catch (EngineException e) {
            close(e.reason());
        }
    }

    /**
     * Checks the deadlines.
     *
     * @param now as {@link System#nanoTime}
     * @return whether the session goes on
     */
    boolean sweep(long now) {
        if (polling != null) {
            polling.sweep(now);
        }
        if (!connection.isOpen()) {
            close(CloseReason.TRANSPORT_CLOSE); // the transport may not have told us yet
            return polling != null && !polling.isOver(); // the client may still collect the last packets
        }
        listener().swept(now);
        return true;
    }
}
