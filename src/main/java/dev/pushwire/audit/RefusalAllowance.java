package dev.pushwire.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many a minute, and a count of those beyond. Thread-safe. */
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

    /** Whether there is room for one more. */
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

    /** How many there was no room for since this was asked last. */
    synchronized long takeLeftOut() {
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
