package dev.pushwire.polling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a client wants of its session. */
public sealed interface SessionRequest {
    /** Who the request is from, by its token or cookie; null if it brought none. */
    @Nullable
    String principal();

    /**
     * Has the endpoint called with messages.
     *
     * @param number one more than that of the request before, so that one that is repeated has no effect; {@link #UNNUMBERED} if the
     *     client does not count
     * @param body as the door reads it; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // is compared by nobody
    record Post(@Nullable String principal, long number, byte[] body) implements SessionRequest {}

    /**
     * Asks for what the client is sent.
     *
     * @param acknowledged how many batches the client has got; {@link #UNNUMBERED} if it does not count
     * @param patience how long to wait, if nothing is there
     */
    record Poll(@Nullable String principal, long acknowledged, Duration patience) implements SessionRequest {}

    /** Ends it. */
    record End(@Nullable String principal) implements SessionRequest {}

    /** Of a client that does not count. */
    long UNNUMBERED = -1;
}
