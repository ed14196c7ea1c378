package dev.pushwire.broker;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all topics share: publications, idempotency keys, and topics without subscribers. Things with the
 * same lifetime stand in one row, the oldest first. So the memory never looks at a thing before it expires.
 *
 * <p>Thread-safe. Its lock is the innermost: callers hold a topic's lock, and the memory itself locks no topic.
 */
final class TopicMemory {
    /** The lifetime of a topic that is kept as long as the things that it remembers. */
    private static final long ITS_TOPICS = Long.MAX_VALUE;

    private final long limit;
    private final Map<Long, Row> rows = new HashMap<>(); // by life; guarded by this, like all below
    private final Row remembering = new Row(ITS_TOPICS);
    private final Row bare;
    private long bytes;
    private long evicted;
    private volatile boolean exceeded;

    /**
     * @param limit how much memory all may take together, in bytes
     * @param bareLife how long a topic is kept that keeps nothing else, in milliseconds
     */
    TopicMemory(long limit, long bareLife) {
        this.limit = limit;
        this.bare = new Row(bareLife);
    }

    /** The things of one lifetime. */
    static final class Row {
        private final long life;
        private @Nullable Kept oldest;
        private @Nullable Kept newest;

        private Row(long life) {
            this.life = life;
        }

        private void add(Kept kept, long now) {
            kept.enter(this, newest, now);
            newest = kept;
            if (oldest == null) {
                oldest = kept;
            }
        }

        void unlinked(Kept kept, @Nullable Kept older, @Nullable Kept newer) {
            if (oldest == kept) {
                oldest = newer;
            }
            if (newest == kept) {
                newest = older;
            }
        }

        private boolean isOver(Kept kept, long now) {
            return life != ITS_TOPICS && now - kept.since() >= life;
        }
    }

    /**
     * Adds the newest thing of all. The limit may be exceeded until {@link #excess} is forgotten.
     *
     * @param life how long it is kept, in milliseconds
     */
    synchronized void add(Kept newest, long life) {
        enter(newest, rows.computeIfAbsent(life, Row::new), newest.since());
    }

    /**
     * Adds a topic without subscribers.
     *
     * @param remembers whether the topic keeps anything else; if so, the topic is kept as long as that
     */
    synchronized void addIdle(Kept topic, boolean remembers) {
        enter(topic, remembers ? remembering : bare, topic.since());
    }

    private void enter(Kept kept, Row row, long now) {
        row.add(kept, now);
        count(kept.size());
    }

    /** Removes a thing. Does nothing if it is not there. */
    synchronized void remove(Kept forgotten) {
        Row row = forgotten.row();
        if (row != null) {
            forgotten.leave(row);
            count(-forgotten.size());
        }
    }

    private void count(int more) {
        bytes += more;
        exceeded = bytes > limit;
    }

    /** Whether the thing is still kept. */
    synchronized boolean holds(Kept kept) {
        return kept.row() != null;
    }

    /** A thing that has expired; null for none. */
    synchronized @Nullable Kept over(long now) {
        for (Row row : rows.values()) {
            Kept oldest = unused(row, now);
            if (oldest != null && row.isOver(oldest, now)) {
                return oldest;
            }
        }
        Kept oldest = unused(bare, now);
        return oldest != null && bare.isOver(oldest, now) ? oldest : null;
    }

    /** The oldest thing, if the limit is exceeded; null if it is not. A topic is as old as its last use. */
    @Nullable
    Kept excess(long now) {
        return exceeded ? oldestInExcess(now) : null;
    }

    private synchronized @Nullable Kept oldestInExcess(long now) {
        if (!exceeded) {
            return null;
        }
        Kept oldest = unused(bare, now);
        for (Row row : rows.values()) {
            Kept other = row.oldest;
            if (other != null && (oldest == null || other.since() < oldest.since())) {
                oldest = other;
            }
        }
        return oldest;
    }

    /**
     * The topic without subscribers that was used least recently. Topics that remember nothing come first. Null for
     * none.
     */
    synchronized @Nullable Kept idlest(long now) {
        Kept oldest = unused(bare, now);
        return oldest != null ? oldest : unused(remembering, now);
    }

    /**
     * The oldest unused thing of a row. Things in use begin anew as the newest. Each does so once, since nothing is
     * used after now.
     */
    private static @Nullable Kept unused(Row row, long now) {
        for (Kept last = row.newest, oldest = row.oldest; oldest != null; oldest = row.oldest) {
            if (!oldest.isUsedAfter(oldest.since())) {
                return oldest;
            }
            boolean seenAll = oldest == last;
            oldest.leave(row);
            row.add(oldest, now);
            if (seenAll) {
                return row.oldest;
            }
        }
        return null;
    }

    /** Counts publications and idempotency keys that were forgotten for lack of room. */
    synchronized void countEvicted(int more) {
        evicted += more;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** How many publications and idempotency keys were forgotten early. */
    synchronized long evicted() {
        return evicted;
    }
}
