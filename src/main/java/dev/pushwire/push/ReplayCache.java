package dev.pushwire.push;

import dev.pushwire.broker.Publication;
import dev.pushwire.broker.Retention;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest publications of a topic, encoded, for subscribers that come back. After a node's end many come back at
 * once: they share one reading of the history and one encoding. The cache lasts as long as a subscriber comes back now
 * and then. It keeps no publication longer than the history does. Not thread-safe.
 */
final class ReplayCache {
    /** The approximate memory of a publication, without its payload and messages, in bytes. */
    private static final int OVERHEAD = 400;

    private final Retention retention;
    private final OverflowPolicy slowConsumers;
    private List<@Nullable EncodedPublication> publications = new ArrayList<>(0);
    private int head; // index of the first publication; the places before it are free again
    private long end; // the offset of the last publication, whether it is in here or not
    private boolean kept;
    private boolean whole;
    private int reads;
    private long usedAt;
    private long bytes;

    /** @param retention how much the history keeps */
    ReplayCache(Retention retention, OverflowPolicy slowConsumers) {
        this.retention = retention;
        this.slowConsumers = slowConsumers;
    }

    /** Keeps what is published after this offset. */
    void keepFrom(long offset) {
        if (!kept) {
            kept = true;
            end = offset;
        }
    }

    void add(EncodedPublication publication) {
        if (!kept) {
            return;
        }
        publications.add(publication);
        bytes += size(publication);
        end = publication.offset();
        dropExcess();
    }

    private static long size(EncodedPublication publication) {
        return OVERHEAD + 2L * publication.publication().payload().size();
    }

    private void dropExcess() {
        while (size() > retention.size()) {
            dropFirst();
        }
        compact();
    }

    private void dropOver(long time) {
        EncodedPublication first = first();
        while (first != null
                && time - first.publication().publishedAt().toEpochMilli()
                        >= retention.ttl().toMillis()) {
            dropFirst();
            first = first();
        }
        compact();
    }

    private @Nullable EncodedPublication first() {
        return size() == 0 ? null : publications.get(head);
    }

    private void dropFirst() {
        EncodedPublication first = publications.set(head, null);
        bytes -= first == null ? 0 : size(first);
        head++;
    }

    private void compact() {
        if (head > retention.size()) {
            publications = new ArrayList<>(publications.subList(head, publications.size()));
            head = 0;
        }
    }

    /**
     * Puts publications from the history before those that are there. Does nothing if so much has been published since
     * the reading that the two parts no longer meet: across a gap, the cache could not tell the offsets.
     *
     * @param all whether the history has no more than this
     */
    void prepend(List<Publication> history, boolean all) {
        if (!kept) {
            return;
        }
        reads++;
        if (!history.isEmpty() && history.getLast().offset() < begin()) {
            return;
        }
        List<@Nullable EncodedPublication> longer = new ArrayList<>();
        for (Publication publication : history) {
            if (publication.offset() <= begin()) {
                EncodedPublication encoded = new EncodedPublication(publication, slowConsumers);
                longer.add(encoded);
                bytes += size(encoded);
            }
        }
        longer.addAll(publications.subList(head, publications.size()));
        publications = longer;
        head = 0;
        whole |= all;
        dropExcess();
    }

    /**
     * How many of the topic's newest publications are at hand.
     *
     * @param now as {@link System#nanoTime}
     * @param time as {@link System#currentTimeMillis}
     */
    int atHand(long now, long time) {
        usedAt = now;
        dropOver(time);
        return size();
    }

    private int size() {
        return publications.size() - head;
    }

    /** The offset before the first publication. */
    private long begin() {
        return end - size();
    }

    /** Whether the history has nothing older than the cache. */
    boolean isWhole() {
        return whole;
    }

    /** How often the cache has read the history. */
    int reads() {
        return reads;
    }

    /**
     * The publications after an offset, at most {@code limit} of them.
     *
     * @param now as {@link System#nanoTime}
     * @param time as {@link System#currentTimeMillis}
     * @return null if the cache does not reach back so far
     */
    @Nullable
    List<EncodedPublication> behind(long offset, int limit, long now, long time) {
        usedAt = now;
        dropOver(time);
        if (!kept || offset < begin() || offset > end) {
            return null;
        }
        int from = head + (int) (offset - begin());
        List<EncodedPublication> found = new ArrayList<>();
        for (int i = from; i < publications.size() && found.size() < limit; i++) {
            EncodedPublication publication = publications.get(i);
            if (publication != null) {
                found.add(publication);
            }
        }
        return found;
    }

    /** Gives all memory back if no subscriber has asked since then; otherwise only that of expired publications. */
    void tidyUp(long before, long time) {
        if (usedAt - before < 0) {
            forget();
        } else {
            dropOver(time);
        }
    }

    /** The approximate memory of the cache, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Gives the memory back. */
    void forget() {
        publications = new ArrayList<>(0);
        head = 0;
        bytes = 0;
        kept = false;
        whole = false;
        reads = 0;
    }
}
