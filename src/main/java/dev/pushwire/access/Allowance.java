package dev.pushwire.access;

import java.time.Duration;

/**
 * A number a minute, which may be taken at once and fills up again as time goes by (the generic cell rate algorithm).
 * What has been taken is one number: the time at which the allowance is full again. Immutable.
 */
final class Allowance {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final long cost;

    /** @param perMinute 1 or more */
    Allowance(int perMinute) {
        this.cost = MINUTE / perMinute;
    }

    /**
     * Takes one.
     *
     * @param fullAt what has been taken before
     * @param now the time as {@link System#nanoTime} counts it; so does {@code fullAt}
     * @return what has been taken now; {@code fullAt} itself if it is too early
     */
    long take(long fullAt, long now) {
        long after = (isFull(fullAt, now) ? now : fullAt) + cost;
        return after - now > MINUTE ? fullAt : after;
    }

    /** Whether the allowance is full, so that nothing need be remembered. */
    static boolean isFull(long fullAt, long now) {
        return fullAt - now <= 0;
    }
}
