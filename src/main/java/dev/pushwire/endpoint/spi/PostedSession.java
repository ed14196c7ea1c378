package dev.pushwire.endpoint.spi;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A session whose client cannot say anything over what it is sent through, such as a stream of HTTP, and so says it in requests of
 * its own. Every session that is no WebSocket is one.
 */
public interface PostedSession extends LeasedSession {
    /** What became of a message. */
    enum Posted {
        /** The endpoint is called with it, after those before. */
        TAKEN,
        /** Too much waits for the endpoint already: it will not be called. */
        FULL,
        /** The session was over before: the endpoint will not be called. */
        ENDED
    }

    /**
     * Has the endpoint called with a message of the client, as if it had come over a WebSocket: in the order of the calls, at the
     * pace of the endpoint and of the client's own reading, and counted against its rate.
     *
     * @param isText whether {@code onText} is called, else {@code onBinary}
     * @param message from position to limit, from here on the session's; a text is valid UTF-8
     * @return completes on an event loop once the message is on its way to the endpoint, so what depends on it must not wait
     */
    CompletableFuture<Posted> post(boolean isText, ByteBuffer message);

    /**
     * Completes once the endpoint has been called with all that it was to be called with so far, or is over; on the event loop or on a
     * thread of the endpoint.
     */
    CompletableFuture<Void> handled();
}
