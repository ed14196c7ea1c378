package dev.pushwire.push;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * Encodes events of a topic for subscribers of one kind. Each message is made once and shared by all subscribers of the
 * kind, so it must not depend on the subscriber. A format is one object, the same for all its subscribers. Thread-safe.
 */
public interface MessageFormat {
    OutboundMessage publication(Publication publication);

    /**
     * The form of {@link #publication} for subscribers by a pattern, which may name the pattern. The part that messages
     * for several patterns have in common is made once.
     *
     * @return null if subscribers of this kind get the same message either way
     */
    default @Nullable ByPattern byPattern(Publication publication) {
        return null;
    }

    /**
     * The server has subscribed a client by itself.
     *
     * @param connection the client's own id
     * @return null if clients of this kind are not told
     */
    default @Nullable OutboundMessage subscribed(Subscribed begun, String connection) {
        return null;
    }

    /**
     * A subscription of a client has ended, and the client did not ask for that.
     *
     * @return null if clients of this kind are not told
     */
    default @Nullable OutboundMessage unsubscribed(TopicPattern topic) {
        return null;
    }

    /** A publication, as subscribers by a pattern get it. */
    @FunctionalInterface
    interface ByPattern {
        OutboundMessage of(TopicPattern pattern);
    }

    /**
     * A topic continues after {@code from}, since there was an interruption.
     *
     * @param complete whether nothing was missed
     * @return null if subscribers of this kind cannot be told: they are closed with {@link PushClose#NOT_RECOVERED}
     */
    @Nullable
    OutboundMessage resumed(TopicName topic, Position from, boolean complete);

    /**
     * A member has come to a topic.
     *
     * @return null if subscribers of this kind are not told
     */
    default @Nullable OutboundMessage joined(TopicName topic, Member member) {
        return null;
    }

    /**
     * A member has left a topic.
     *
     * @return null if subscribers of this kind are not told
     */
    default @Nullable OutboundMessage left(TopicName topic, Member member) {
        return null;
    }
}
