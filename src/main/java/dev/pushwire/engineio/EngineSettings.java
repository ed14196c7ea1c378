package dev.pushwire.engineio;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What clients are told when a session begins, and hold to.
 *
 * @param pingInterval between two pings of the server
 * @param pingTimeout how long a client may take to answer one
 * @param maxPayload bytes of the largest message that a client may send
 */
public record EngineSettings(Duration pingInterval, Duration pingTimeout, int maxPayload) {
    /** How often deadlines are to be looked at: a quarter of the shorter one, from 10 ms to 1 s. */
    public Duration sweepInterval() {
        long shortest = Stream.of(pingInterval, pingTimeout)
                .mapToLong(Duration::toMillis)
                .min()
                .orElseThrow();
        return Duration.ofMillis(Math.clamp(shortest / 4, 10, 1000));
    }
}
