package dev.pushwire.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The rate of commands that the service takes. It says whether the client may send one now. It lasts over connections.
 * Thread-safe.
 */
final class Pace {
    /** The rate in commands a second, until the service has said how many it takes. */
    private static final double UNTOLD = 10;

    private static final double ANY_NUMBER = 1e9;

    /** The client uses this part of the rate, since commands come closer together on their way. */
    private static final double MARGIN = 0.8;

    /** The least part that the client uses, however often the service complains. */
    private static final double LEAST_PART = 0.2;

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private double perSecond = UNTOLD; // guarded by this, as are the next
    private double part = MARGIN;
    private double allowance;
    private long filledAt;

    /** @param nanoTime the time as {@link System#nanoTime} counts it */
    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        begin();
    }

    /** A connection has begun, and the count begins anew. */
    synchronized void begin() {
        allowance = most();
        filledAt = nanoTime.getAsLong();
    }

    /**
     * Takes the service's limit.
     *
     * @param commandsPerSecond how many commands a second the service takes; 0 for any number
     */
    synchronized void told(int commandsPerSecond) {
        double before = most();
        perSecond = commandsPerSecond == 0 ? ANY_NUMBER : commandsPerSecond;
        allowance += most() - before; // what was sent counts
    }

    /** The service took too many commands in a second. The limit that it gave earlier may no longer hold. */
    synchronized void slower() {
        part = Math.max(LEAST_PART, part / 2);
        perSecond = Math.min(perSecond, UNTOLD);
    }

    /**
     * Takes one command from the allowance.
     *
     * @return whether the client may send it now
     */
    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        allowance = Math.min(most(), allowance + (now - filledAt) / NANOS * rate());
        filledAt = now;
        if (allowance < 1) {
            return false;
        }
        allowance--;
        return true;
    }

    /** The time until the client may send the next command. */
    synchronized Duration untilNext() {
        return Duration.ofMillis((long) Math.ceil(Math.max(0, 1 - allowance) / rate() * 1000));
    }

    private double rate() {
        return perSecond * part;
    }

    /** How many commands the client may send at once. */
    private double most() {
        return Math.max(1, rate());
    }
}
