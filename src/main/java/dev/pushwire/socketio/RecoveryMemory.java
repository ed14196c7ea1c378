package dev.pushwire.socketio;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the memory that this node keeps for returning clients. Thread-safe. */
final class RecoveryMemory {
    private final long most;
    private final int mostOfOne;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param most for all clients, in bytes
     * @param mostOfOne for one client, in bytes
     */
    RecoveryMemory(long most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    int mostOfOne() {
        return mostOfOne;
    }

    /**
     * Counts this much more.
     *
     * @return whether it may be kept; if not, the caller gives it back
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
