package dev.pushwire.broker;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens on the topics of its patterns. Calls for one topic come one after the other; calls for different
 * topics may come at once. Those that tell something must
 * neither throw nor wait.
 */
public interface Subscriber {
    /** The next publication of its topic: its offset is one more than that of the one before, its epoch the same. */
    void published(Publication publication);

    /**
     * A topic goes on after an interruption, or in a new epoch: the next publication is the one behind {@code from}.
     *
     * @param complete whether everything up to there had come; if not, something may have been missed
     */
    void resumed(TopicName topic, Position from, boolean complete);

    /** Somebody came to the topic. */
    void joined(TopicName topic, Member member);

    /** A member is gone: it left, or its node did. */
    void left(TopicName topic, Member member);

    /**
     * Waits while the subscriber still has too much to do with what this thread has told it. A caller that has told it something calls
     * this, without a lock, or what the subscriber keeps could grow without bound.
     */
    default void awaitRoom() {
        Runnable wait = heldBack();
        if (wait != null) {
            wait.run();
        }
    }

    /**
     * For a thread that does not wait itself: what it asks for here does the waiting of {@link #awaitRoom} on any other thread. Until
     * then the subscriber is told no more of that topic.
     *
     * @return null when there is nothing to wait for
     */
    default @Nullable Runnable heldBack() {
        return null;
    }
}
