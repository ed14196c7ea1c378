package dev.pushwire.access;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A limit to the number of connections under each key. It remembers only keys with connections. Thread-safe. */
final class ConnectionQuota {
    private static final Place UNCOUNTED = () -> {};

    private final int most;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param most 0 for any number: then nothing is counted */
    ConnectionQuota(int most) {
        this.most = most;
    }

    /** The place of one connection. */
    @FunctionalInterface
    interface Place {
        /** Gives the place back. Called once. */
        void leave();
    }

    /** Whether there is a limit at all. */
    boolean areCounted() {
        return most > 0;
    }

    /** Takes a place under this key; null if all are taken. */
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

    /** The place of a connection that has no key. */
    static Place none() {
        return UNCOUNTED;
    }

    private void giveBack(String key) {
        taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
