package dev.pushwire.bench.load;

import java.util.concurrent.atomic.AtomicLongArray;

/** The times at which unanswered messages were due, by their numbers. One thread writes, and any may read. */
final class SendTimes {
    private final AtomicLongArray times;
    private final int mask;

    /** @param outstanding how many messages may be unanswered at a time */
    SendTimes(int outstanding) {
        int size = Integer.highestOneBit(Math.max(1, 2 * outstanding - 1));
        this.times = new AtomicLongArray(size);
        this.mask = size - 1;
    }

    void set(long number, long time) {
        times.setPlain((int) number & mask, time); // the socket's round trip orders this before any get
    }

    long get(long number) {
        return times.getPlain((int) number & mask);
    }
}
