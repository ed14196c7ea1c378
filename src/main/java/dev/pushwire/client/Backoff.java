package dev.pushwire.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait before the next attempt. It grows with each failure, and it is random, so that clients do not come back
 * together. Not thread-safe.
 */
final class Backoff {
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(20);
    /** With more doublings the wait would pass its maximum. */
    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long spread = Math.min(MOST.toMillis(), LEAST.toMillis() << failures);
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(MOST.toMillis(), LEAST.toMillis() + random.nextLong(spread + 1)));
    }

    /** A connection lasted for a while. */
    void reset() {
        failures = 0;
    }
}
