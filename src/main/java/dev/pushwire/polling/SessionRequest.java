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
     * @param patience how long the endpoint may take; known to the node that waits alone
     */
    @SuppressWarnings("ArrayRecordComponent") // is compared by nobody
    record Post(@Nullable String principal, long number, byte[] body, Duration patience) implements SessionRequest {}

    /**
     * Asks for what the client is sent.
     *
     * @param acknowledged how many batches the client has got; {@link #UNNUMBERED} if it does not count
     * @param patience how long to wait, if nothing is there
     */
    record Poll(@Nullable String principal, long acknowledged, Duration patience) implements SessionRequest {}

    /** Ends it. */
    record End(@Nullable String principal) implements SessionRequest {}

    /**
     * A WebSocket on another node wants to carry the session, and then does.
     *
     * @param carrier the WebSocket, by the id of its own connection
     */
    record Carry(@Nullable String principal, String carrier, Step step) implements SessionRequest {
        /** How far the WebSocket is. */
        public enum Step {
            /** A client asks for it. */
            LOOK,
            /** It works: from here on no poll waits. */
            PROBE,
            /** It carries the session. From here on polls and posts are its own, and counted from 1. */
            TAKE,
            /** It is over; so is the session, if it carried that. */
            LEAVE
        }
    }

    /** How long the answer may take, besides its way. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** Of a client that does not count. */
    long UNNUMBERED = -1;
}
