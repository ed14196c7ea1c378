package dev.pushwire.pushprotocol;

import dev.pushwire.push.SubscriptionLimits;

/**
 * What the server takes of one client, as it is told.
 *
 * @param messageSize largest message, in bytes
 * @param commandsPerSecond 0 for any number
 */
public record ProtocolLimits(int messageSize, int commandsPerSecond, SubscriptionLimits subscriptions) {}
