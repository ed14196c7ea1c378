package dev.pushwire.broker;

import org.jspecify.annotations.Nullable;

/** Something that a topic keeps for a while, and its place in a row of {@link TopicMemory}, whose lock guards that. */
abstract class Kept {
    private final MemoryTopic topic;
    private long since;
    private TopicMemory.@Nullable Row row;
    private @Nullable Kept older;
    private @Nullable Kept newer;

    /** @param since as the clock's milliseconds */
    Kept(MemoryTopic topic, long since) {
        this.topic = topic;
        this.since = since;
    }

    final MemoryTopic topic() {
        return topic;
    }

    final long since() {
        return since;
    }

    /** About what it takes, in bytes; always the same. */
    abstract int size();

    /** Has the topic, which is locked, keep it no longer. */
    abstract void forget();

    /** Whether it has been used since then, and is to be kept longer. */
    boolean isUsedAfter(long time) {
        return false;
    }

    final TopicMemory.@Nullable Row row() {
        return row;
    }

    /** Becomes the newest of a row. */
    final void enter(TopicMemory.Row next, @Nullable Kept newest, long now) {
        row = next;
        since = now;
        older = newest;
        if (newest != null) {
            newest.newer = this;
        }
    }

    /** Leaves its row. */
    final void leave(TopicMemory.Row left) {
        left.unlinked(this, older, newer);
        if (older != null) {
            older.newer = newer;
        }
        if (newer != null) {
            newer.older = older;
        }
        row = null;
        older = null;
        newer = null;
    }
}
