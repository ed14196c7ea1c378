package dev.pushwire.push;

/**
 * What one connection may be subscribed to at a time.
 *
 * @param topics by name
 * @param patterns with wildcards
 */
public record SubscriptionLimits(int topics, int patterns) {}
