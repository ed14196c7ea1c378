package dev.pushwire.push;

/**
 * How many subscriptions one connection may have at a time.
 *
 * @param topics by name
 * @param patterns with wildcards
 */
public record SubscriptionLimits(int topics, int patterns) {}
