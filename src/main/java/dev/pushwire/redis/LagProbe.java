package dev.pushwire.redis;

import java.time.Duration;

/**
 * Measures how far a node is behind in what Redis sends it: now and then a probe follows the messages, and the time
 * until all messages before it are dealt with is the lag. Thread-safe; one thread begins probes.
 */
final class LagProbe {
    private static final long NONE = 0;

    private volatile long begun = NONE;
    private volatile long latest;

    /**
     * Begins a probe.
     *
     * @return false while the last probe is under way
     */
    boolean begin() {
        if (begun != NONE) {
            return false;
        }
        begun = System.nanoTime() | 1; // never NONE; one nanosecond more does not matter
        return true;
    }

    /** The probe has arrived. */
    void arrive() {
        latest = System.nanoTime() - begun;
        begun = NONE;
    }

    /** The probe is lost, and says nothing. */
    void giveUp() {
        begun = NONE;
    }

    /** The time of the latest probe, or that of the one under way if it is longer already. */
    Duration lag() {
        long underWaySince = begun;
        long underWay = underWaySince == NONE ? 0 : System.nanoTime() - underWaySince;
        return Duration.ofNanos(Math.max(latest, underWay));
    }
}
