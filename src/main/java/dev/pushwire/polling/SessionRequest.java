package dev.pushwire.polling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request of a client to its session. */
public sealed interface SessionRequest {
    /** The user of the request, by its token or cookie; null if it has none. */
    @Nullable
    String principal();

    /**
     * Calls the endpoint with messages.
     *
     * @param number one more than that of the request before, so that a repeated one has no effect; {@link #UNNUMBERED}
     *     if the client does not count
     * @param body as the door reads it; must not be changed
     * @param patience how long the endpoint may take. Only the node that waits knows it; see also
     *     {@link PolledSession#POST_PATIENCE}
     */
    @SuppressWarnings("ArrayRecordComponent") // is compared by nobody
    record Post(@Nullable String principal, long number, byte[] body, Duration patience) implements SessionRequest {}

    /**
     * Collects what the client is sent.
     *
     * @param acknowledged how many batches the client has got; {@link #UNNUMBERED} if it does not count
     * @param patience how long to wait if there is nothing yet
     */
    record Poll(@Nullable String principal, long acknowledged, Duration patience) implements SessionRequest {}

    /** Ends it. */
    record End(@Nullable String principal) implements SessionRequest {}

    /**
     * A WebSocket on another node wants to carry the session, and later does.
     *
     * @param carrier the id of the WebSocket's own connection
     */
    record Carry(@Nullable String principal, String carrier, Step step) implements SessionRequest {
        /** A step of the WebSocket. */
        public enum Step {
            /** A client asks for it. */
            LOOK,
            /** It works. From here on no poll waits. */
            PROBE,
            /** It carries the session. From here on polls and posts are its own, and counted from 1. */
            TAKE,
            /** It is over. If it carried the session, that is over, too. */
            LEAVE
        }
    }

    /** How long the answer may take, without its way. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** The number of a client that does not count. */
    long UNNUMBERED = -1;
}
