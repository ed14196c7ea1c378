package dev.pushwire.broker;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the histories of all topics share: knows each publication that is remembered, from the oldest on, and
 * what they take together. What it does takes the same short time however many there are.
 *
 * <p>Thread-safe. Its lock is the innermost: it is asked while a topic is locked, and locks no topic itself.
 */
final class HistoryMemory {
    private final long limit;
    private final SequencedSet<Remembered> all = new LinkedHashSet<>(); // guarded by this, like the numbers
    private long bytes;
    private long evicted;
    private volatile boolean exceeded;

    /** @param limit what all may take together, in bytes */
    HistoryMemory(long limit) {
        this.limit = limit;
    }

    /** A publication that a topic remembers; equal to no other. */
    static final class Remembered {
        /** About what the objects around the payload take. */
        private static final int OVERHEAD = 250;

        private final MemoryTopic topic;
        private final Publication publication;

        Remembered(MemoryTopic topic, Publication publication) {
            this.topic = topic;
            this.publication = publication;
        }

        Publication publication() {
            return publication;
        }

        private int size() {
            return publication.payload().size() + OVERHEAD;
        }
    }

    /** Adds the newest of all. The limit may be exceeded then, until {@link #makeRoom} is called. */
    synchronized void add(Remembered newest) {
        all.addLast(newest);
        bytes += newest.size();
        exceeded = bytes > limit;
    }

    /** The topic has forgotten it. */
    synchronized void remove(Remembered forgotten) {
        all.remove(forgotten);
        bytes -= forgotten.size();
        exceeded = bytes > limit;
    }

    /** Has topics forget what is oldest until the rest is within the limit. Not to be called while a topic is locked. */
    void makeRoom() {
        while (exceeded) {
            Remembered oldest = oldestInExcess();
            if (oldest != null) {
                synchronized (oldest.topic) {
                    oldest.topic.evict(oldest);
                }
            }
        }
    }

    private synchronized @Nullable Remembered oldestInExcess() {
        return exceeded ? all.getFirst() : null;
    }

    /** The topic has forgotten it, for want of room. */
    synchronized void evict(Remembered early) {
        evicted++;
        remove(early);
    }

    synchronized long bytes() {
        return bytes;
    }

    /** How many publications were forgotten before their time. */
    synchronized long evicted() {
        return evicted;
    }
}
