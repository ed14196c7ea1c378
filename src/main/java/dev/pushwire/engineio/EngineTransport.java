package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;

/**
 * What carries the packets of a session to its client. A session has one at a time, and may get another. Thread-safe.
 *
 * <p>Messages are those of the WebSocket transport: a text message is a packet with its type, a binary message is a packet of
 * binary data.
 */
public interface EngineTransport {
    /** Sends a message; never waits for the client. */
    void send(OutboundMessage message);

    /** The same, but never waits for the event loop either: for a sender that holds a lock. */
    void sendUnpaced(OutboundMessage message);

    /**
     * Sends a message unless too much waits for the client.
     *
     * @return whether it was taken
     */
    boolean offer(OutboundMessage message);

    /** Ends the connection with the client, behind what was sent. */
    void close(CloseReason reason);

    /** Whether a message may still be sent. */
    boolean isOpen();

    /** The connection, which can be in groups, and has what its client was let in with. */
    Session connection();
}
