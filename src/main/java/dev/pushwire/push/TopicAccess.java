package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a client may do on which topics. It is asked for each subscription and publication of a client.
 * Thread-safe.
 */
public interface TopicAccess {
    /**
     * Whether a client may subscribe to all topics of a pattern.
     *
     * @param who the client's user; null if it is anonymous
     */
    boolean maySubscribe(@Nullable Principal who, TopicPattern topics);

    /**
     * The topics that the server subscribes a client to by itself, when the client connects or shows a token.
     *
     * @param who the client's user; null if it is anonymous
     */
    default List<TopicPattern> subscribedByServer(@Nullable Principal who) {
        return List.of();
    }

    /** Whether a token may give a client the right to subscribe. */
    boolean tokenMayLetSubscribe(TopicPattern topics);

    /**
     * Whether a client may publish to a topic.
     *
     * @param who the client's user; null if it is anonymous
     */
    boolean mayPublish(@Nullable Principal who, TopicName topic);

    /** Whether a token may give a client the right to publish. */
    boolean tokenMayLetPublish(TopicName topic);

    /**
     * Whether no method ever waits, as for a database. Then event loops may ask, and a publication over a WebSocket
     * costs no thread.
     */
    default boolean neverWaits() {
        return false;
    }
}
