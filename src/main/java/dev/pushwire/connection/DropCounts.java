package dev.pushwire.connection;

/**
 * What an outbox has left out.
 *
 * @param dropped messages that were among the oldest
 * @param conflated messages that newer ones stand for
 */
record DropCounts(int dropped, int conflated) {}
