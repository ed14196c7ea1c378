package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Decides what a client may do on which topics. Thread-safe; asked for each subscription and publication of a client. */
public interface TopicAccess {
    /**
     * Whether a client may subscribe to all topics of a pattern.
     *
     * @param who the client; null for nobody in particular
     */
    boolean maySubscribe(@Nullable Principal who, TopicPattern topics);

    /** Whether that may change for a client that shows a token. */
    boolean tokenMayLetSubscribe(TopicPattern topics);

    /** Whether a client may publish to a topic over its WebSocket. */
    boolean mayPublish(@Nullable Principal who, TopicName topic);

    /** Whether that may change for a client that shows a token. */
    boolean tokenMayLetPublish(TopicName topic);
}
