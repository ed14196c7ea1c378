package dev.pushwire.broker;

import org.jspecify.annotations.Nullable;

/**
 * A thing that a topic keeps for a while. It has a place in a row of {@link TopicMemory}, whose lock guards the place.
 */
abstract class Kept {
    private final MemoryTopic topic;
    private long since;
    private TopicMemory.@Nullable Row row;
    private @Nullable Kept older;
    private @Nullable Kept newer;

    /** @param since a time of the clock, in milliseconds */
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

    /** The approximate memory that it takes, in bytes; never changes. */
    abstract int size();

    /** Makes the topic forget it. The topic is locked. */
    abstract void forget();

    /** Whether it was used since then, and must be kept longer. */
    boolean isUsedAfter(long time) {
        return false;
    }

    final TopicMemory.@Nullable Row row() {
        return row;
    }

    /** Enters a row as its newest. */
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
