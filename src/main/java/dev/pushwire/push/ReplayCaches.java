package dev.pushwire.push;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics that keep a {@link ReplayCache} now, and how much memory the caches take together. Above the limit, the
 * topics that no client has asked for longest give their caches back. For their next client the history is read anew.
 * Thread-safe; the lock of this class is the innermost.
 */
final class ReplayCaches {
    private final long limit;
    private final Map<Recovery, Long> bytes = new LinkedHashMap<>(16, 0.75f, true); // guarded by this, by last use
    private long sum;

    /** @param limit in bytes; the cache in use may exceed it */
    ReplayCaches(long limit) {
        this.limit = limit;
    }

    /** A cache is in use, and takes this much memory now. The caller must not hold a topic's lock. */
    void used(Recovery recovery, long taken) {
        note(recovery, taken).forEach(Recovery::forget);
    }

    /** @return the caches to give back */
    private synchronized List<Recovery> note(Recovery recovery, long taken) {
        Long before = bytes.put(recovery, taken);
        sum += taken - (before == null ? 0 : before);
        List<Recovery> gone = new ArrayList<>();
        while (sum > limit && bytes.size() > 1) {
            Map.Entry<Recovery, Long> eldest = bytes.entrySet().iterator().next();
            gone.add(eldest.getKey());
            remove(eldest.getKey());
        }
        return gone;
    }

    private synchronized void remove(Recovery recovery) {
        Long taken = bytes.remove(recovery);
        sum -= taken == null ? 0 : taken;
    }

    /**
     * Gives back caches that no client has asked for since then, and expired publications.
     *
     * @param before as {@link System#nanoTime}
     */
    void tidyUp(long before) {
        List<Recovery> all;
        synchronized (this) {
            all = List.copyOf(bytes.keySet());
        }
        for (Recovery each : all) {
            remove(each); // first: a reader that uses it meanwhile adds it again
            long left = each.tidyUp(before);
            if (left > 0) {
                used(each, left);
            }
        }
    }

    /** The memory of all caches now, in bytes. */
    synchronized long bytes() {
        return sum;
    }
}
