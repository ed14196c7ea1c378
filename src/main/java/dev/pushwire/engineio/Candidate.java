package dev.pushwire.engineio;

import java.time.Duration;

/** A WebSocket, of this node or another, that wants to carry a polled session. */
sealed interface Candidate permits Upgrading, Carrier {
    /** How long it may take; as in the reference implementation. */
    long PATIENCE = Duration.ofSeconds(10).toNanos();

    /**
     * Time has passed: gives up if it was too much.
     *
     * @param now as {@link System#nanoTime}
     */
    void sweep(long now);

    /** It does not take over. */
    void fail();
}
