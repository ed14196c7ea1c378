package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One open connection, as its endpoint sees it. Thread-safe: any thread may send and close. Messages that one thread
 * sends arrive in the order in which it sent them. Sending never waits for the peer. On a session that is closing or
 * closed, sending does nothing.
 *
 * <p>Messages that the peer has not taken yet wait in the connection's outbox. When the outbox holds as much memory as
 * {@code pushwire.websocket.outbox-limit} allows, {@code send} ends the connection with 1013, and {@code offer} returns
 * false. A message counts with its bytes and 64 more. So small messages reach the limit before {@link #backlog} does.
 */
public interface Session {
    /**
     * The id of the connection, unique among the connections of all nodes. Presence and the HTTP API show the same id.
     */
    String id();

    /** The user of the connection, by the handshake or by a later token; null if it is anonymous. */
    @Nullable
    Principal principal();

    /** The subprotocol in use; null for none. */
    @Nullable
    String subprotocol();

    /** The values of the variables in the endpoint's path pattern. */
    Map<String, String> pathVariables();

    /** The client's IP address. Behind a trusted proxy it is the address that the proxy named. */
    String remoteAddress();

    /** The endpoint's own data about this connection. The map is thread-safe. */
    Map<String, Object> attributes();

    /** Whether a message may still be sent. */
    boolean isOpen();

    /** Sends a text message. */
    void send(String text);

    /**
     * Sends a text message that arrived. In a callback on the event loop, this neither decodes the text nor copies it
     * to the heap.
     */
    void send(Text text);

    /** Sends the bytes from position to limit as a binary message. The buffer's position stays. */
    void send(ByteBuffer data);

    /** Sends an encoded message. Use it for a message that goes to several sessions. */
    void send(OutboundMessage message);

    /**
     * Sends like {@link #send(OutboundMessage)}, but never waits for the event loop. It is for a sender that holds a
     * lock. As soon as the sender holds no lock, it calls {@link SessionGroup.Factory#awaitRoom}.
     */
    default void sendUnpaced(OutboundMessage message) {
        send(message);
    }

    /**
     * Sends the message unless the outbox has no room for it.
     *
     * @return whether the session took the message
     */
    boolean offer(OutboundMessage message);

    /**
     * How many bytes were sent that the peer has not taken yet, with the headers of frames. A sender with much to say
     * waits until this is small.
     */
    long backlog();

    /**
     * Gives the session a heartbeat of its protocol, which replaces an earlier one. A heartbeat with a limit to the
     * peer's silence also replaces the WebSocket's pings. Any thread may call this method.
     *
     * @param heartbeat null for none
     */
    void heartbeat(@Nullable Heartbeat heartbeat);

    /** Closes the connection with 1000. */
    default void close() {
        close(CloseStatus.NORMAL);
    }

    /**
     * Sends a Close after everything that was sent before, and waits for the peer's Close for up to {@code
     * close-timeout} (RFC 6455, section 7.1.2). The method itself returns at once.
     *
     * @throws IllegalArgumentException if the code must not be sent (RFC 6455, section 7.4)
     */
    void close(CloseStatus status);
}
