package dev.pushwire.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How one event loop spends its time, and how much waits in the outboxes of its connections. The loop's own thread
 * writes with plain stores, so that it shares nothing with other threads. Any thread may read, and sees each number a
 * moment late at most. Times are those of {@link System#nanoTime}.
 */
public final class LoopStatistics {
    /**
     * The time over which the busy share is averaged: short enough to see trouble between two scrapes, and too long for
     * one message to matter.
     */
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);
    /** The longest pass is remembered for one to two of these, so that one scrape a minute still sees it. */
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(60);
    /**
     * An idle loop turns at least once a second, for its deadlines. A loop that has not turned for this long is at
     * work.
     */
    private static final long OVERDUE = TimeUnit.SECONDS.toNanos(2);

    private static final VarHandle TURNED_AT;

    static {
        try {
            TURNED_AT = MethodHandles.lookup().findVarHandle(LoopStatistics.class, "turnedAt", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Only the loop's thread uses these.
    private boolean working;
    private long workingSince;
    private long busy;
    private long intervalStart;
    private long longest;
    private long memoryStart;
    private int backlogged;

    // Any thread may read these.
    private long turnedAt;
    private volatile double busyRatio;
    private volatile long longestLately;
    private volatile long longestBefore;
    private volatile long outboxBytes;
    private volatile long fullestOutbox;

    LoopStatistics(long now) {
        turnedAt = now;
        intervalStart = now;
        memoryStart = now;
    }

    /** The wait for something to do is over. Further calls in the same pass change nothing. */
    void woke(long now) {
        if (!working) {
            working = true;
            workingSince = now;
        }
    }

    /** Work is left from the last pass, so the loop does not wait at all. */
    void goesOn() {
        woke(turnedAt);
    }

    /** A pass is over. */
    void turned(long now) {
        TURNED_AT.setOpaque(this, now);
        if (working) {
            working = false;
            long took = now - workingSince;
            busy += took;
            longest = Math.max(longest, took);
        }
        if (now - intervalStart >= INTERVAL) {
            publish(now);
        }
    }

    private void publish(long now) {
        busyRatio = Math.min(1, (double) busy / (now - intervalStart));
        busy = 0;
        intervalStart = now;
        longestLately = Math.max(longestLately, longest);
        longest = 0;
        if (now - memoryStart >= MEMORY) {
            longestBefore = longestLately;
            longestLately = 0;
            memoryStart = now;
        }
    }

    /** One connection more, or one less, waits for room in its socket. */
    void backlogged(int change) {
        backlogged += change;
    }

    /** Looks into the outboxes at each sweep, if anything waits in them at all. */
    void lookInto(List<Connection> connections) {
        if (backlogged == 0 && outboxBytes == 0) {
            return;
        }
        long total = 0;
        long fullest = 0;
        for (Connection connection : connections) {
            long bytes = connection.out().backlog();
            total += bytes;
            fullest = Math.max(fullest, bytes);
        }
        outboxBytes = total;
        fullestOutbox = fullest;
    }

    /**
     * The time since the loop last ended a pass, in nanoseconds: about a second at most, unless something holds it up.
     */
    public long sinceTurn(long now) {
        return Math.max(0, now - (long) TURNED_AT.getOpaque(this));
    }

    /** The share of the last five seconds that the loop worked rather than waited, 0 to 1. */
    public double busyRatio(long now) {
        return sinceTurn(now) > OVERDUE ? 1 : busyRatio;
    }

    /** How long the longest pass of the last minute or two took, in nanoseconds. The pass under way counts, too. */
    public long longestPass(long now) {
        long known = Math.max(longestLately, longestBefore);
        long since = sinceTurn(now);
        return since > OVERDUE ? Math.max(known, since) : known;
    }

    /** How many bytes waited in the outboxes of the loop's connections at the last sweep. */
    public long outboxBytes() {
        return outboxBytes;
    }

    /** How many bytes waited in the fullest outbox at the last sweep. */
    public long fullestOutboxBytes() {
        return fullestOutbox;
    }
}
