package dev.pushwire.broker;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one topic remembers of its publications: the newest of them, and their idempotency keys. The topic is locked.
 */
final class Remembrance {
    /** A publisher with a new key each time must not fill the memory within the window. */
    private static final int MAX_IDEMPOTENCY_KEYS = 10_000;

    private static final long KEY_LIFE = PublishOptions.IDEMPOTENCY_WINDOW.toMillis();

    private final MemoryTopic topic;
    private final Retention retention;
    private final TopicMemory memory;
    private final ArrayDeque<KeptPublication> history = new ArrayDeque<>(0);
    private final Map<String, KeptKey> keys = new LinkedHashMap<>(0); // the oldest first

    Remembrance(MemoryTopic topic, Retention retention, TopicMemory memory) {
        this.topic = topic;
        this.retention = retention;
        this.memory = memory;
    }

    void add(Publication publication) {
        KeptPublication newest = new KeptPublication(publication);
        history.add(newest);
        memory.add(newest, retention.ttl().toMillis());
        if (history.size() > retention.size()) {
            history.element().forget();
        }
    }

    void add(String key, long offset, long now) {
        KeptKey newest = new KeptKey(key, offset, now);
        keys.put(key, newest);
        memory.add(newest, KEY_LIFE);
        if (keys.size() > MAX_IDEMPOTENCY_KEYS) {
            keys.values().iterator().next().forget();
        }
    }

    /** The offset that this idempotency key was used for; null if it was not used. */
    @Nullable
    Long published(String key) {
        KeptKey before = keys.get(key);
        return before == null ? null : before.offset;
    }

    /** How many publications are remembered. */
    int publications() {
        return history.size();
    }

    /** How many publications and idempotency keys are remembered. */
    int size() {
        return history.size() + keys.size();
    }

    /** The publications after the first {@code skip}. */
    List<Publication> publications(long skip, int limit) {
        return history.stream()
                .skip(skip)
                .limit(limit)
                .map(kept -> kept.publication)
                .toList();
    }

    /** Forgets what has expired, also before its turn in the rows of all topics. */
    void forgetOver(long now) {
        while (!history.isEmpty()
                && now - history.element().since() >= retention.ttl().toMillis()) {
            history.element().forget();
        }
        for (Iterator<KeptKey> all = keys.values().iterator(); all.hasNext(); ) {
            KeptKey oldest = all.next();
            if (now - oldest.since() < KEY_LIFE) {
                return;
            }
            all.remove();
            memory.remove(oldest);
        }
    }

    /** Forgets everything. */
    void clear() {
        history.forEach(memory::remove);
        history.clear();
        keys.values().forEach(memory::remove);
        keys.clear();
    }

    /** A publication. In every row the publications of a topic are in order, so the oldest one goes first. */
    private final class KeptPublication extends Kept {
        /** About what the objects around the payload take. */
        private static final int OVERHEAD = 200;

        private final Publication publication;

        private KeptPublication(Publication publication) {
            super(topic, publication.publishedAt().toEpochMilli());
            this.publication = publication;
        }

        @Override
        int size() {
            return publication.payload().size()
                    + length(publication.key())
                    + length(publication.traceparent())
                    + OVERHEAD;
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.length();
        }

        @Override
        void forget() {
            history.remove(); // the oldest, which is this one
            memory.remove(this);
        }
    }

    /** An idempotency key and the offset that it was used for. */
    private final class KeptKey extends Kept {
        /** About what the objects around the key's characters take. */
        private static final int OVERHEAD = 150;

        private final String key;
        private final long offset;

        private KeptKey(String key, long offset, long now) {
            super(topic, now);
            this.key = key;
            this.offset = offset;
        }

        @Override
        int size() {
            return key.length() + OVERHEAD;
        }

        @Override
        void forget() {
            keys.remove(key);
            memory.remove(this);
        }
    }
}
