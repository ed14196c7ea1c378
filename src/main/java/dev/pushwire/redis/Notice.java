package dev.pushwire.redis;

/**
 * A notice as Redis keeps it.
 *
 * @param at its time in microseconds of Redis' clock. It differs for each notice, and gives their order
 */
record Notice(long at, String key, String text) {}
