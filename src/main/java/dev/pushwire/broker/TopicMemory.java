package dev.pushwire.broker;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all topics share for what they keep: publications, idempotency keys, and themselves when nobody is subscribed
 * to them. What is kept equally long stands in one row, the oldest first, so nobody ever looks at what is not over yet.
 *
 * <p>Thread-safe. Its lock is the innermost: it is asked while a topic is locked, and locks no topic itself.
 */
final class TopicMemory {
    /** For what is kept as long as something else of its topic. */
    private static final long ITS_TOPICS = Long.MAX_VALUE;

    private final long limit;
    private final Map<Long, Row> rows = new HashMap<>(); // by life; guarded by this, like all below
    private final Row remembering = new Row(ITS_TOPICS);
    private final Row bare;
    private long bytes;
    private long evicted;
    private volatile boolean exceeded;

    /**
     * @param limit what all may take together, in bytes
     * @param bareLife how long a topic is kept that keeps nothing else, in milliseconds
     */
    TopicMemory(long limit, long bareLife) {
        this.limit = limit;
        this.bare = new Row(bareLife);
    }

    /** What is kept equally long. */
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
     * Adds the newest of all. The limit may be exceeded then, until {@link #excess} is forgotten.
     *
     * @param life how long it is kept, in milliseconds
     */
    synchronized void add(Kept newest, long life) {
        enter(newest, rows.computeIfAbsent(life, Row::new), newest.since());
    }

    /**
     * Adds a topic that nobody is subscribed to.
     *
     * @param remembers whether it keeps anything else: then it is kept as long as that
     */
    synchronized void addIdle(Kept topic, boolean remembers) {
        enter(topic, remembers ? remembering : bare, topic.since());
    }

    private void enter(Kept kept, Row row, long now) {
        row.add(kept, now);
        count(kept.size());
    }

    /** It is kept no longer; does nothing when it was not. */
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

    /** Whether it is kept still. */
    synchronized boolean holds(Kept kept) {
        return kept.row() != null;
    }

    /** One whose time is over; null for none. */
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

    /** The oldest, if the limit is exceeded. A topic is as old as its last use. */
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

    /** The topic without subscribers that was used least lately, rather one that remembers nothing; null for none. */
    synchronized @Nullable Kept idlest(long now) {
        Kept oldest = unused(bare, now);
        return oldest != null ? oldest : unused(remembering, now);
    }

    /** The oldest of a row; those in use begin anew as the newest. Each does so once, since nothing is used after now. */
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

    /** Publications or idempotency keys were forgotten for want of room. */
    synchronized void countEvicted(int more) {
        evicted += more;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** How many publications and idempotency keys were forgotten before their time. */
    synchronized long evicted() {
        return evicted;
    }
}
