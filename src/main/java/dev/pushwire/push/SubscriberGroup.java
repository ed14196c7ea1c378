package dev.pushwire.push;

import dev.pushwire.endpoint.SessionGroup;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one kind to a topic or pattern.
 *
 * @param before the next group of the same topic or pattern; null for none
 */
record SubscriberGroup(
        MessageFormat format, SessionGroup group, @Nullable SubscriberGroup before) {}
