package dev.pushwire.push;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * How subscribers of one kind are told what happens on a topic. Each message is made once and shared by all of them, so it
 * must not depend on the subscriber. A format is one object, the same for all its subscribers; thread-safe.
 */
public interface MessageFormat {
    OutboundMessage publication(Publication publication);

    /**
     * What subscribers by a pattern are sent in place of {@link #publication}: it may say by which pattern a publication came. What the
     * messages for several patterns have in common is made once.
     *
     * @return null where it does not matter to this kind of subscriber
     */
    default @Nullable ByPattern byPattern(Publication publication) {
        return null;
    }

    /**
     * A client is subscribed without having asked.
     *
     * @param connection the client's own
     * @return null where this kind of client is not told
     */
    default @Nullable OutboundMessage subscribed(Subscribed begun, String connection) {
        return null;
    }

    /**
     * A subscription of a client has ended without its asking.
     *
     * @return null where this kind of client is not told
     */
    default @Nullable OutboundMessage unsubscribed(TopicPattern topic) {
        return null;
    }

    /** A publication as subscribers by a pattern are sent it. */
    @FunctionalInterface
    interface ByPattern {
        OutboundMessage of(TopicPattern pattern);
    }

    /**
     * A topic goes on behind {@code from}, whatever came before.
     *
     * @param complete whether nothing was missed
     * @return null where this kind of subscriber cannot be told: it is closed with {@link PushClose#NOT_RECOVERED}
     */
    @Nullable
    OutboundMessage resumed(TopicName topic, Position from, boolean complete);

    /** @return null where this kind of subscriber is not told */
    @Nullable
    OutboundMessage joined(TopicName topic, Member member);

    /** @return null where this kind of subscriber is not told */
    @Nullable
    OutboundMessage left(TopicName topic, Member member);
}
