package dev.pushwire.push;

/**
 * What a node keeps of topics.
 *
 * @param topics that it is subscribed to at a time, or a few more while several begin at once
 * @param patterns with wildcards that it is subscribed to at a time; 0 for any number
 * @param replayCacheMemory what publications take together that are kept encoded for sessions that come back, in bytes; those of the
 *     one topic that somebody comes back to just now are not limited by it
 */
public record HubLimits(int topics, int patterns, long replayCacheMemory) {}
