package dev.pushwire.push;

import dev.pushwire.broker.Position;

/**
 * Where a subscription begins.
 *
 * @param position the first publication is the one after it
 * @param recovered whether the subscription begins where the subscriber left off; if not, the subscriber may have
 *     missed something. Always true for a subscriber that came without a position
 */
public record SubscriptionStart(Position position, boolean recovered) {}
