package dev.pushwire.connection;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;

/** Calls the endpoint with a connection's events. Methods are called on the event loop. */
interface EndpointInvoker {
    void open(Handshake handshake);

    void text(ByteBuffer payload);

    void binary(ByteBuffer payload);

    /**
     * Runs a task once the endpoint has been called with all that came so far, or has failed. The task must not wait.
     */
    void behindCalls(Runnable what);

    /** The last call. */
    void close(CloseStatus status);

    /** Whether the endpoint keeps up. If not, the invoker calls {@link Connection#resume} as soon as it does. */
    boolean keepsUp();

    /** How much memory waits for the endpoint, in bytes. */
    long memory();
}
