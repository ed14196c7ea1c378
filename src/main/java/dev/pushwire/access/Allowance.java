package dev.pushwire.access;

import java.time.Duration;

/**
 * So many a minute: as many at once, and then again as time goes by (the generic cell rate algorithm). What has been taken is
 * one number, the time at which all may be taken at once again. Immutable.
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
     * @param now as {@link System#nanoTime}, as is {@code fullAt}
     * @return what has been taken then; {@code fullAt} itself when it is too early
     */
    long take(long fullAt, long now) {
        long after = (isFull(fullAt, now) ? now : fullAt) + cost;
        return after - now > MINUTE ? fullAt : after;
    }

    /** Whether nothing needs to be known any more of what was taken. */
    static boolean isFull(long fullAt, long now) {
        return fullAt - now <= 0;
    }
}
