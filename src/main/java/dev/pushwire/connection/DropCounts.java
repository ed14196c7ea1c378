package dev.pushwire.connection;

/**
 * How many messages an outbox has dropped.
 *
 * @param dropped messages that were among the oldest
 * @param conflated messages that newer ones have replaced
 */
record DropCounts(int dropped, int conflated) {}
