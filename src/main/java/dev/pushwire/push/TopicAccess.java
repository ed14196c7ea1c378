package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a client may do on which topics. Thread-safe; asked for each subscription and publication of a client. */
public interface TopicAccess {
    /**
     * Whether a client may subscribe to all topics of a pattern.
     *
     * @param who the client; null for nobody in particular
     */
    boolean maySubscribe(@Nullable Principal who, TopicPattern topics);

    /**
     * What the server subscribes a client to, without being asked, when the client connects or shows a token.
     *
     * @param who the client; null for nobody in particular
     */
    default List<TopicPattern> subscribedByServer(@Nullable Principal who) {
        return List.of();
    }

    /** Whether that may change for a client that shows a token. */
    boolean tokenMayLetSubscribe(TopicPattern topics);

    /** Whether a client may publish to a topic over its WebSocket. */
    boolean mayPublish(@Nullable Principal who, TopicName topic);

    /** Whether that may change for a client that shows a token. */
    boolean tokenMayLetPublish(TopicName topic);
}
