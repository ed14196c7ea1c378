package dev.pushwire.push;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics that keep a {@link ReplayCache} at the moment, and what these take together. Beyond the limit those that nobody has asked
 * for longest give it back: for the next client that comes back to one, the history is read anew. Thread-safe; its lock is the innermost.
 */
final class ReplayCaches {
    private final long limit;
    private final Map<Recovery, Long> bytes = new LinkedHashMap<>(16, 0.75f, true); // guarded by this, by last use
    private long sum;

    /** @param limit in bytes, for all but the one just in use */
    ReplayCaches(long limit) {
        this.limit = limit;
    }

    /** A tail is in use, and takes so much now. Not to be called while a topic is locked. */
    void used(Recovery recovery, long taken) {
        note(recovery, taken).forEach(Recovery::forget);
    }

    /** @return those that are to go */
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

    /** Gives back what nobody has asked for since then, as {@link System#nanoTime}, and what is over. */
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

    /** What all take now, in bytes. */
    synchronized long bytes() {
        return sum;
    }
}
