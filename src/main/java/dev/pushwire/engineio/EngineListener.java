package dev.pushwire.engineio;

import java.nio.ByteBuffer;

/**
 * The protocol above a session, which is told of the session's events. {@code text} and {@code binary} come one after
 * the other, on a virtual thread of the session's, and may wait: meanwhile nothing is read from the client.
 * {@code swept} and {@code closed} come on any thread, also at the same time, and must not wait.
 */
public interface EngineListener {
    /** A text message. */
    void text(String message) throws EngineException;

    /** @param data from position to limit; valid until the call returns */
    void binary(ByteBuffer data) throws EngineException;

    /** The client has answered a ping, so it has received everything sent before that ping. Must not wait. */
    void ponged();

    /**
     * Called about once a second, to check deadlines.
     *
     * @param now as {@link System#nanoTime}
     */
    void swept(long now);

    /** The session is over. This is the last call. */
    void closed(CloseReason reason);
}
