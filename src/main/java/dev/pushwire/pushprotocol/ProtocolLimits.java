package dev.pushwire.pushprotocol;

import dev.pushwire.push.SubscriptionLimits;

/**
 * The server's limits for one client, as the client sees them.
 *
 * @param messageSize the largest message, in bytes
 * @param commandsPerSecond 0 for any number
 */
public record ProtocolLimits(int messageSize, int commandsPerSecond, SubscriptionLimits subscriptions) {}
