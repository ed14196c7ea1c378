package dev.pushwire.push;

import dev.pushwire.broker.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's new subscription.
 *
 * @param start where it begins; null for a pattern with wildcards, which begins with the next publication
 * @param isShown whether the topic shows its members, so that the client may want to know its own
 *     {@link ClientSession#id}
 */
public record Subscribed(TopicPattern topic, @Nullable SubscriptionStart start, boolean isShown) {}
