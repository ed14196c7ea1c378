package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A rule for subscriptions. No client may publish, and no token helps. */
@FunctionalInterface
interface SubscribeOnly extends TopicAccess {
    @Override
    default boolean tokenMayLetSubscribe(TopicPattern topics) {
        return false;
    }

    @Override
    default boolean mayPublish(@Nullable Principal who, TopicName topic) {
        return false;
    }

    @Override
    default boolean tokenMayLetPublish(TopicName topic) {
        return false;
    }
}
