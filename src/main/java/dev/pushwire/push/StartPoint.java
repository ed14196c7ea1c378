package dev.pushwire.push;

import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber to a topic wants to begin.
 *
 * @param since where it left off; null for one that begins anew
 * @param newest how many of the newest publications it is sent first, or as many as the topic remembers, from 0 to {@link #MOST}.
 *     With {@code since} only where the topic does not remember so far back
 */
public record StartPoint(@Nullable Position since, int newest) {
    /** With what is published from now on. */
    public static final StartPoint NOW = new StartPoint(null, 0);

    /** Newest publications that may be asked for: as many as one reading of a history over HTTP gives. */
    public static final int MOST = 1000;

    /** @throws IllegalArgumentException for more than {@link #MOST}, or fewer than none */
    public StartPoint {
        if (newest < 0 || newest > MOST) {
            throw new IllegalArgumentException("From 0 to " + MOST + " of the newest publications, not " + newest);
        }
    }

    /**
     * Where the subscriber left off.
     *
     * @param since null for {@link #NOW}
     */
    public static StartPoint of(@Nullable Position since) {
        return since == null ? NOW : new StartPoint(since, 0);
    }
}
