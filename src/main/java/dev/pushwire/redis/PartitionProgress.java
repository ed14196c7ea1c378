package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far this node has given a partition's publications to subscribers of patterns. Such a publication may be the
 * first that the node hears of a topic. So only a clock of all topics can show whether one was missed. Thread-safe.
 */
final class PartitionProgress {
    private @Nullable Position seen; // by the partition's clock; null without patterns
    private boolean behind;
    private long heard;

    /** A publication with this tick has come in, whether it is wanted or not. */
    synchronized void hear(long tick) {
        heard = Math.max(heard, tick);
    }

    /** The highest tick that has come in. */
    synchronized long heard() {
        return heard;
    }

    /** Patterns exist: begins with the first ones, if it has not begun. */
    synchronized void begin(Position now) {
        if (seen == null) {
            seen = now;
            behind = false;
        }
    }

    /** Everything up to this position has come, and was given. */
    synchronized void advance(Position to) {
        if (seen != null && !behind && to.epoch().equals(seen.epoch()) && to.offset() > seen.offset()) {
            seen = to;
        }
    }

    /** No patterns exist any more. */
    synchronized void end() {
        seen = null;
    }

    /** Publications may have been missed. Until {@link #caughtUp}, none that comes in is given at once. */
    synchronized void fallBehind() {
        behind = true;
    }

    /** The position to catch up from; null if there is nothing to catch up with. */
    synchronized @Nullable Position toCatchUpFrom() {
        return behind ? seen : null;
    }

    synchronized void caughtUp(Position now) {
        if (seen != null && behind) { // else the patterns have changed since the catch-up began
            seen = now;
            behind = false;
        }
    }

    /** Whether to give a publication now. If not, it was given already, or the index has it. */
    synchronized boolean takes(long tick) {
        if (seen == null || behind || tick <= seen.offset()) {
            return false;
        }
        seen = seen.at(tick);
        return true;
    }
}
