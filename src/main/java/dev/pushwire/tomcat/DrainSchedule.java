package dev.pushwire.tomcat;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads steps evenly over a time. Each step has a slot of the same length, and its moment within the slot is random.
 * So the rate is flat over any stretch of time, and yet no two steps keep a beat.
 */
final class DrainSchedule {
    private final double slotNanos;
    private final RandomGenerator random;

    DrainSchedule(int steps, Duration window, RandomGenerator random) {
        this.slotNanos = (double) window.toNanos() / Math.max(1, steps);
        this.random = random;
    }

    /** The time at which a step is due, in nanoseconds from the start. A later step is never due earlier. */
    long due(int step) {
        return (long) (slotNanos * (step + random.nextDouble()));
    }
}
