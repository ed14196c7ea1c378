package dev.pushwire.broker;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens on the topics of its patterns. Calls for one topic come one after the other. Calls for different
 * topics may come at once. The calls that tell something must neither throw nor wait.
 */
public interface Subscriber {
    /** Takes the next publication of a topic. Its epoch is that of the one before, and its offset is one more. */
    void published(Publication publication);

    /**
     * A topic continues after an interruption, or in a new epoch. The next publication is the one after {@code from}.
     *
     * @param complete whether everything up to there had arrived; if not, something may have been missed
     */
    void resumed(TopicName topic, Position from, boolean complete);

    /** A member has come to the topic. */
    void joined(TopicName topic, Member member);

    /** A member is gone: it left, or its node died. */
    void left(TopicName topic, Member member);

    /**
     * Waits while the subscriber has too much to do with what this thread has told it. Every caller that has told it
     * something calls this method, without a lock. Otherwise the subscriber's memory could grow without bound.
     */
    default void awaitRoom() {
        Runnable wait = heldBack();
        if (wait != null) {
            wait.run();
        }
    }

    /**
     * Prepares the wait of {@link #awaitRoom} for another thread, if this thread must not wait itself. Until the result
     * has run, the subscriber is told no more of that topic.
     *
     * @return null if there is nothing to wait for
     */
    default @Nullable Runnable heldBack() {
        return null;
    }
}
