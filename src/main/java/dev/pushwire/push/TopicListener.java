package dev.pushwire.push;

import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * What an application does with the publications of a topic or pattern: see {@link Topics#listen}. Each listener is called on a
 * virtual thread of its own, one call after the other, and may block. An exception is logged, and the next call comes all the same.
 */
@FunctionalInterface
public interface TopicListener {
    /** The next publication. Publications of one topic come in the order of their offsets. */
    void published(Publication publication);

    /**
     * Some publications will not come: the broker lost them, or this listener was too slow and more than
     * {@value QueuedListener#MOST} waited for it.
     *
     * @param topic the topic that they were published to; null when it may be any of the listener's topics
     */
    default void missed(@Nullable TopicName topic) {}
}
