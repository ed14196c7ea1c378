package dev.pushwire.push;

import dev.pushwire.broker.Position;

/**
 * Where a subscription begins.
 *
 * @param position what comes first is the publication behind it
 * @param recovered whether that is where the subscriber left off; if not, it may have missed something. True as well for
 *     one that came without a position
 */
public record SubscriptionStart(Position position, boolean recovered) {}
