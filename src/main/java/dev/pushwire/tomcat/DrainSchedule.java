package dev.pushwire.tomcat;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads a number of steps evenly over a time: each has a slot of the same length, and its moment within the slot is
 * random. So the rate is flat whatever one looks at, and yet no two steps keep a beat.
 */
final class DrainSchedule {
    private final double slotNanos;
    private final RandomGenerator random;

    DrainSchedule(int steps, Duration window, RandomGenerator random) {
        this.slotNanos = (double) window.toNanos() / Math.max(1, steps);
        this.random = random;
    }

    /** When a step is due, in nanoseconds from the start; a later step is never due earlier. */
    long due(int step) {
        return (long) (slotNanos * (step + random.nextDouble()));
    }
}
