package dev.pushwire.access;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many connections there are under each key, and no more than so many. Remembers only keys that have some. Thread-safe. */
final class ConnectionQuota {
    private static final Place UNCOUNTED = () -> {};

    private final int most;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param most 0 for any number: nothing is counted then */
    ConnectionQuota(int most) {
        this.most = most;
    }

    /** What one connection has taken. */
    @FunctionalInterface
    interface Place {
        /** Gives it back; once. */
        void leave();
    }

    /** Whether there is a limit at all. */
    boolean areCounted() {
        return most > 0;
    }

    /** A place under this key; null when all are taken. */
    @Nullable
    Place take(String key) {
        if (!areCounted()) {
            return UNCOUNTED;
        }
        boolean[] got = new boolean[1];
        taken.compute(key, (same, count) -> {
            int before = count == null ? 0 : count;
            got[0] = before < most;
            return got[0] ? Integer.valueOf(before + 1) : count;
        });
        return got[0] ? () -> giveBack(key) : null;
    }

    /** For a connection that is under no key. */
    static Place none() {
        return UNCOUNTED;
    }

    private void giveBack(String key) {
        taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
