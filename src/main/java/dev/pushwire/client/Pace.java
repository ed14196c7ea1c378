package dev.pushwire.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many commands a second the service takes, and whether one may be sent now. Kept over connections. Thread-safe. */
final class Pace {
    /** Commands a second, until the service has said how many it takes. */
    private static final double UNTOLD = 10;

    private static final double ANY_NUMBER = 1e9;

    /** What part of them is used: on the way commands come closer together. */
    private static final double MARGIN = 0.8;

    /** The part is never smaller, however often the service complains. */
    private static final double LEAST_PART = 0.2;

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private double perSecond = UNTOLD; // guarded by this, as are the next
    private double part = MARGIN;
    private double allowance;
    private long filledAt;

    /** @param nanoTime as {@link System#nanoTime} */
    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        begin();
    }

    /** There is a connection, for which all begins anew. */
    synchronized void begin() {
        allowance = most();
        filledAt = nanoTime.getAsLong();
    }

    /** @param commandsPerSecond that the service takes; 0 for any number */
    synchronized void told(int commandsPerSecond) {
        double before = most();
        perSecond = commandsPerSecond == 0 ? ANY_NUMBER : commandsPerSecond;
        allowance += most() - before; // what was sent counts
    }

    /** There were too many commands in a second. What the service once said of that may hold no more. */
    synchronized void slower() {
        part = Math.max(LEAST_PART, part / 2);
        perSecond = Math.min(perSecond, UNTOLD);
    }

    /** @return whether a command may be sent now, which then counts */
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

    /** Until the next command may be sent. */
    synchronized Duration untilNext() {
        return Duration.ofMillis((long) Math.ceil(Math.max(0, 1 - allowance) / rate() * 1000));
    }

    private double rate() {
        return perSecond * part;
    }

    /** At once. */
    private double most() {
        return Math.max(1, rate());
    }
}
