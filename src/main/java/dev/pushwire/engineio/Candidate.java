package dev.pushwire.engineio;

import java.time.Duration;

/** A WebSocket, of this node or another, that wants to carry a polled session. */
sealed interface Candidate permits Upgrading, Carrier {
    /** How long the WebSocket has to take over. The reference implementation allows the same time. */
    long PATIENCE = Duration.ofSeconds(10).toNanos();

    /**
     * Gives up if the WebSocket has taken too long.
     *
     * @param now as {@link System#nanoTime}
     */
    void sweep(long now);

    /** The WebSocket does not take over, and polling goes on. */
    void fail();
}
