package dev.pushwire.socketio;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what this node keeps for clients that may come back. Thread-safe. */
final class RecoveryMemory {
    private final long most;
    private final int mostOfOne;
    private final AtomicLong bytes = new AtomicLong();

    /** @param mostOfOne for one client, in bytes, as is the other for all */
    RecoveryMemory(long most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    int mostOfOne() {
        return mostOfOne;
    }

    /**
     * Counts so much more.
     *
     * @return whether there may be so much; if not, it is to be given back
     */
    boolean take(int size) {
        return bytes.addAndGet(size) <= most;
    }

    void giveBack(int size) {
        bytes.addAndGet(-size);
    }

    long bytes() {
        return bytes.get();
    }
}
