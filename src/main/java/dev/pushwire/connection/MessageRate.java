package dev.pushwire.connection;

import dev.pushwire.endpoint.RateLimit;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How many messages a connection may send: a token bucket that holds those of one second, and is refilled as time goes
 * by. It is kept as one number, the time at which the bucket would be full again (the generic cell rate algorithm). It
 * is on the path of each message, and belongs to one thread. A library would cost a lock or a shared write there.
 */
final class MessageRate {
    private static final long SECOND = 1_000_000_000L;

    private final boolean countsLines;
    private final long nanosPerMessage;
    private long fullAt;

    private MessageRate(boolean countsLines, int perSecond, long now) {
        this.countsLines = countsLines;
        this.nanosPerMessage = Math.max(1, SECOND / perSecond);
        this.fullAt = now;
    }

    /**
     * The rate of a new connection; null for no limit.
     *
     * @param perSecond 0 for no limit
     */
    static @Nullable MessageRate of(RateLimit limit, int perSecond, long now) {
        return limit == RateLimit.NONE || perSecond == 0
                ? null
                : new MessageRate(limit == RateLimit.LINES, perSecond, now);
    }

    /** Takes as many tokens as this text message needs, if there are enough. */
    boolean allowsText(ByteBuffer payload, long now) {
        return allows(countsLines ? lines(payload) : 1, now);
    }

    boolean allowsBinary(long now) {
        return allows(1, now);
    }

    private boolean allows(int count, long now) {
        long after = (fullAt - now > 0 ? fullAt : now) + count * nanosPerMessage;
        if (after - now > SECOND) {
            return false;
        }
        fullAt = after;
        return true;
    }

    /** How many lines are not empty. A message without any counts as one. */
    private static int lines(ByteBuffer payload) {
        int lines = 0;
        byte before = '\n';
        for (int i = payload.position(); i < payload.limit(); i++) {
            byte next = payload.get(i);
            if (before == '\n' && next != '\n') {
                lines++;
            }
            before = next;
        }
        return Math.max(1, lines);
    }
}
