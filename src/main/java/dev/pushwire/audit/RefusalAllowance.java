package dev.pushwire.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A number a minute, with a count of what came beyond. Thread-safe. */
final class RefusalAllowance {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final LongSupplier nanoTime;
    private long began;
    private int taken;
    private long leftOut;

    RefusalAllowance(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /**
     * Takes one.
     *
     * @return whether there was room
     */
    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        if (now - began >= MINUTE) {
            began = now;
            taken = 0;
        }
        if (taken == perMinute) {
            leftOut++;
            return false;
        }
        taken++;
        return true;
    }

    /** How many there was no room for since the last call. */
    synchronized long takeLeftOut() {
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
