package dev.pushwire.endpoint.spi;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session whose client sends its messages in separate requests, since the connection carries only messages to the
 * client, as a stream of HTTP does. Every session that is not a WebSocket is one.
 */
public interface PostedSession extends LeasedSession {
    /** The result of a posted message. */
    enum Posted {
        /** The endpoint will be called with the message, after those before it. */
        TAKEN,
        /**
         * Too many messages wait for the endpoint already, or this one has waited for too long. The endpoint will not
         * be called with it.
         */
        FULL,
        /** The session was over already. The endpoint will not be called. */
        ENDED
    }

    /**
     * Calls the endpoint with a message of the client, as if it had come over a WebSocket. The call keeps the order of
     * messages, waits for the endpoint and for the client's own reading, and counts against the client's rate.
     *
     * @param isText true for {@code onText}, false for {@code onBinary}
     * @param message the bytes from position to limit, which belong to the session from now on; a text is valid UTF-8
     * @return completes on an event loop once the message is on its way to the endpoint; what depends on it must not
     *     wait
     */
    default CompletableFuture<Posted> post(boolean isText, ByteBuffer message) {
        return post(isText, message, null);
    }

    /**
     * The same for a message that waits only so long.
     *
     * @param patience how long it may wait; the event loop looks about once a second. Null for as long as the session
     *     lasts
     */
    CompletableFuture<Posted> post(boolean isText, ByteBuffer message, @Nullable Duration patience);

    /**
     * Completes once the endpoint has been called with all messages so far, or the session is over. It completes on the
     * event loop or on a thread of the endpoint.
     */
    CompletableFuture<Void> handled();
}
