package dev.pushwire.broker;

import java.time.Duration;

/**
 * How much of a topic is remembered. Immutable.
 *
 * @param size how many publications at most; 0 for none
 * @param ttl how long a publication is kept
 */
public record Retention(int size, Duration ttl) {
    public static final Retention NONE = new Retention(0, Duration.ZERO);

    /** @throws IllegalArgumentException if a value is negative */
    public Retention {
        if (size < 0 || ttl.isNegative()) {
            throw new IllegalArgumentException("A retention must not be negative");
        }
    }
}
