package dev.pushwire.connection;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;

/** How a connection's events reach its endpoint. Called on the event loop. */
interface EndpointInvoker {
    void open(Handshake handshake);

    void text(ByteBuffer payload);

    void binary(ByteBuffer payload);

    /** Runs something once the endpoint has been called with all that came so far, or has failed at it. It must not wait. */
    void behindCalls(Runnable what);

    /** The last call. */
    void close(CloseStatus status);

    /** Whether the endpoint keeps up; when not, it says so by {@link Connection#resume} as soon as it does. */
    boolean keepsUp();

    /** Bytes of memory that wait for the endpoint. */
    long memory();
}
