package dev.pushwire.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Allows a number of refusals a minute, and counts those beyond it. Thread-safe. */
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
     * Counts one refusal.
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

    /** How many refusals had no room since the last call. */
    synchronized long takeLeftOut() {
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
