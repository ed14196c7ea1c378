package dev.pushwire.push;

import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber to a topic wants to begin. Immutable.
 *
 * @param since the position where it left off; null for a subscriber that begins anew
 * @param newest how many of the newest publications it is sent first, from 0 to {@link #MOST}; fewer if the topic
 *     remembers fewer. Together with {@code since} this applies only if the topic does not remember so far back
 */
public record StartPoint(@Nullable Position since, int newest) {
    /** Begins with the next publication. */
    public static final StartPoint NOW = new StartPoint(null, 0);

    /**
     * The most of the newest publications that a subscriber may ask for: as many as one reading of a history over HTTP
     * gives.
     */
    public static final int MOST = 1000;

    /** @throws IllegalArgumentException if {@code newest} is below 0 or above {@link #MOST} */
    public StartPoint {
        if (newest < 0 || newest > MOST) {
            throw new IllegalArgumentException("From 0 to " + MOST + " of the newest publications, not " + newest);
        }
    }

    /**
     * Begins where the subscriber left off.
     *
     * @param since null for {@link #NOW}
     */
    public static StartPoint of(@Nullable Position since) {
        return since == null ? NOW : new StartPoint(since, 0);
    }
}
