package dev.pushwire.push;

import dev.pushwire.endpoint.SessionGroup;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers of one kind.
 *
 * @param before another one of the same topic or pattern; null for none
 */
record SubscriberGroup(
        MessageFormat format, SessionGroup group, @Nullable SubscriberGroup before) {}
