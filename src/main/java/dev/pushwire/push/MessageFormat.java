package dev.pushwire.push;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * How subscribers of one kind are told what happens on a topic. Each message is made once and shared by all of them, so it
 * must not depend on the subscriber. A format is one object, the same for all its subscribers; thread-safe.
 */
public interface MessageFormat {
    OutboundMessage publication(Publication publication);

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
