package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One open connection, as its endpoint sees it. Thread-safe: any thread may send and close. Messages sent by one thread
 * arrive in the order they were sent; sending never waits for the peer, and on a session that is closing or closed it does nothing.
 *
 * <p>What the peer does not take waits in the connection's outbox. Once that takes as much memory as
 * {@code pushwire.websocket.outbox-limit} says, {@code send} ends the connection with 1013 and {@code offer} leaves
 * the message. A message takes its bytes and 64 more, so small ones reach the limit before {@link #backlog} does.
 */
public interface Session {
    /** Unique among the connections of all nodes; what presence and the HTTP API call this one. */
    String id();

    /** Who the peer is, by the handshake or a later token; null for nobody in particular. */
    @Nullable
    Principal principal();

    /** The subprotocol in use; null for none. */
    @Nullable
    String subprotocol();

    /** What the variables of the endpoint's path pattern stand for. */
    Map<String, String> pathVariables();

    /** The client's address, or the one that a trusted proxy named. */
    String remoteAddress();

    /** A place for the endpoint's own data about this connection; thread-safe. */
    Map<String, Object> attributes();

    /** Whether a message may still be sent. */
    boolean isOpen();

    /** Sends a text message. */
    void send(String text);

    /** Sends a text that arrived: from an event loop endpoint's callback, without decoding it or copying it to the heap. */
    void send(Text text);

    /** Sends the bytes from position to limit as a binary message; they are not consumed. */
    void send(ByteBuffer data);

    /** Sends a message that is encoded already; for one that goes to several sessions. */
    void send(OutboundMessage message);

    /**
     * The same, but never waits for the event loop, as {@code send} does on a thread that is faster: for a sender that holds a
     * lock. As soon as it holds none, it calls {@link SessionGroup.Factory#awaitRoom}.
     */
    default void sendUnpaced(OutboundMessage message) {
        send(message);
    }

    /**
     * Sends unless the outbox has no room.
     *
     * @return whether the message was taken
     */
    boolean offer(OutboundMessage message);

    /** Bytes on the wire, with frame headers, that were sent and that the peer has not taken yet: a sender with much to say does well to wait for it. */
    long backlog();

    /**
     * Gives the session a heart-beat of its protocol's own, in the place of one that it has. One whose peer must not be silent
     * stands for the WebSocket's pings, which are not sent then. Any thread may call it.
     *
     * @param heartbeat null for none
     */
    void heartbeat(@Nullable Heartbeat heartbeat);

    /** Closes with 1000. */
    default void close() {
        close(CloseStatus.NORMAL);
    }

    /**
     * Sends a Close behind what was sent before and waits for the peer's, up to {@code close-timeout}.
     *
     * @throws IllegalArgumentException when the code must not be sent
     */
    void close(CloseStatus status);
}
