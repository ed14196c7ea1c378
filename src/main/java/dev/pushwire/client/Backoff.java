package dev.pushwire.client;

import java.time.Duration;
import java.util.function.LongSupplier;
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
    /** A connection that was up for this long counts as a success. */
    private static final long GOOD = Duration.ofSeconds(5).toNanos();

    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private int failures;
    private boolean isUp;
    private long upSince;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    Backoff(RandomGenerator random, LongSupplier nanoTime) {
        this.random = random;
        this.nanoTime = nanoTime;
    }

    Duration next() {
        long spread = Math.min(MOST.toMillis(), LEAST.toMillis() << failures);
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(MOST.toMillis(), LEAST.toMillis() + random.nextLong(spread + 1)));
    }

    /** The service has answered over a connection. An attempt is no success, however long it takes to fail. */
    void up() {
        isUp = true;
        upSince = nanoTime.getAsLong();
    }

    /** The wait after the end of a connection, or of an attempt. */
    Duration afterEnd() {
        if (isUp && nanoTime.getAsLong() - upSince >= GOOD) {
            failures = 0;
        }
        isUp = false;
        return next();
    }
}
