package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far this node has given a partition's publications to subscribers of patterns. They may be the first that it hears of a
 * topic, so it takes a clock of all topics to say whether one has been missed. Thread-safe.
 */
final class PartitionProgress {
    private @Nullable Position seen; // by the partition's clock; null without patterns
    private boolean behind;
    private long heard;

    /** A publication came in with this tick, for somebody or for nobody. */
    synchronized void hear(long tick) {
        heard = Math.max(heard, tick);
    }

    /** The highest tick that has come in. */
    synchronized long heard() {
        return heard;
    }

    /** There are patterns, the first ones if it has not begun. */
    synchronized void begin(Position now) {
        if (seen == null) {
            seen = now;
            behind = false;
        }
    }

    /** Everything up to here has come and been given. */
    synchronized void advance(Position to) {
        if (seen != null && !behind && to.epoch().equals(seen.epoch()) && to.offset() > seen.offset()) {
            seen = to;
        }
    }

    /** There are no patterns any more. */
    synchronized void end() {
        seen = null;
    }

    /** Something may have been missed: until {@link #caughtUp} nothing that comes is next. */
    synchronized void fallBehind() {
        behind = true;
    }

    /** Null when there is nothing to catch up with. */
    synchronized @Nullable Position toCatchUpFrom() {
        return behind ? seen : null;
    }

    synchronized void caughtUp(Position now) {
        if (seen != null && behind) { // else there are other patterns than those that were caught up with
            seen = now;
            behind = false;
        }
    }

    /** Whether a publication is one to give now; if not, it was given, or the index has it. */
    synchronized boolean takes(long tick) {
        if (seen == null || behind || tick <= seen.offset()) {
            return false;
        }
        seen = seen.at(tick);
        return true;
    }
}
