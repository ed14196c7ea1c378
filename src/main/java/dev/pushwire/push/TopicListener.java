package dev.pushwire.push;

import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * Takes the publications of a topic or pattern for an application: see {@link Topics#listen}. Each listener is called
 * on a virtual thread of its own, one call after the other, and may block. An exception is logged, and the next call
 * still comes.
 */
@FunctionalInterface
public interface TopicListener {
    /** The next publication. Publications of one topic come in the order of their offsets. */
    void published(Publication publication);

    /**
     * Some publications will not come: the broker lost them, or the listener was too slow and more than
     * {@value QueuedListener#MOST} calls waited for it.
     *
     * @param topic the topic of the lost publications; null if it may be any of the listener's topics
     */
    default void missed(@Nullable TopicName topic) {}
}
