package dev.pushwire.redis;

/**
 * A notice as Redis keeps it.
 *
 * @param at in microseconds of Redis' clock, and different for each: their order
 */
record Notice(long at, String key, String text) {}
