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
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Post(@Nullable String principal, long number, byte[] body, Duration patience) implements SessionRequest {}

    /**
     * Collects what the client is sent.
     *
     * @param acknowledged how many batches the client has got; {@link #UNNUMBERED} if it does not count
     * @param patience how long to wait if there is nothing yet
     */
    record Poll(@Nullable String principal, long acknowledged, Duration patience) implements SessionRequest {}

    /** Ends the session. */
    record End(@Nullable String principal) implements SessionRequest {}

    /**
     * A WebSocket on another node wants to carry the session, and later does.
     *
     * @param carrier the id of the WebSocket's own connection
     */
    record Carry(@Nullable String principal, String carrier, Step step) implements SessionRequest {
        /** A step of the WebSocket. */
        public enum Step {
            /** Asks whether the session exists. Changes nothing. */
            LOOK,
            /** The WebSocket works. From now on no poll waits. */
            PROBE,
            /** The WebSocket carries the session. From now on, polls and posts are its own, and numbered from 1. */
            TAKE,
            /** The WebSocket is over. If it carried the session, the session is over, too. */
            LEAVE
        }
    }

    /** How long the answer may take, without the time between the nodes. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** The number of a request that the client does not count. */
    long UNNUMBERED = -1;
}
