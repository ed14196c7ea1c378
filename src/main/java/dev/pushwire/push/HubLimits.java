package dev.pushwire.push;

/**
 * How much a node keeps of topics.
 *
 * @param topics how many topics it is subscribed to at a time; a few more while several begin at once
 * @param patterns how many patterns with wildcards it is subscribed to at a time; 0 for any number
 * @param replayCacheMemory how much memory all encoded publications for sessions that come back take together, in
 *     bytes. The topic that a session comes back to just now may exceed it
 */
public record HubLimits(int topics, int patterns, long replayCacheMemory) {}
