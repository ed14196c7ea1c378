package dev.pushwire.connection;

import org.jspecify.annotations.Nullable;

/**
 * How many messages a connection may send: a token bucket that holds those of one second and is refilled as time goes by.
 * It is kept as a single number, the time at which the bucket would be full again (the generic cell rate algorithm), since it
 * stands on the path of each message and belongs to one thread: a library's would cost a lock or a shared write there.
 */
final class MessageRate {
    private static final long SECOND = 1_000_000_000L;

    private final long nanosPerMessage;
    private long fullAt;

    private MessageRate(int perSecond, long now) {
        this.nanosPerMessage = Math.max(1, SECOND / perSecond);
        this.fullAt = now;
    }

    /** @param perSecond 0 for any number */
    static @Nullable MessageRate of(int perSecond, long now) {
        return perSecond == 0 ? null : new MessageRate(perSecond, now);
    }

    /** Takes a token, if there is one. */
    boolean allows(long now) {
        long after = (fullAt - now > 0 ? fullAt : now) + nanosPerMessage;
        if (after - now > SECOND) {
            return false;
        }
        fullAt = after;
        return true;
    }
}
