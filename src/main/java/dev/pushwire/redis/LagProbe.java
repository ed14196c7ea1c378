package dev.pushwire.redis;

import java.time.Duration;

/**
 * How far a node is behind in what Redis sends it: now and then a probe follows the messages, and what it takes until all before it are
 * dealt with is the lag. Thread-safe; one thread begins probes.
 */
final class LagProbe {
    private static final long NONE = 0;

    private volatile long begun = NONE;
    private volatile long latest;

    /** Returns false while the last probe is under way. */
    boolean begin() {
        if (begun != NONE) {
            return false;
        }
        begun = System.nanoTime() | 1; // never NONE, and a nanosecond does not matter
        return true;
    }

    /** The probe is through. */
    void arrive() {
        latest = System.nanoTime() - begun;
        begun = NONE;
    }

    /** The probe is lost, and says nothing. */
    void giveUp() {
        begun = NONE;
    }

    /** What the latest probe took, or what the one under way has taken until now if that is longer. */
    Duration lag() {
        long underWaySince = begun;
        long underWay = underWaySince == NONE ? 0 : System.nanoTime() - underWaySince;
        return Duration.ofNanos(Math.max(latest, underWay));
    }
}
