package dev.pushwire.redis;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;

/**
 * The names of keys and channels. Topics are spread over partitions, whose number is the hash tag. So all keys of one
 * script are in one slot of a cluster, and patterns need a few channels in each partition, not one for each topic.
 */
final class Keys {
    /**
     * The number of partitions: enough to spread over any cluster. It is part of the data in Redis, so it must not
     * change.
     */
    static final int PARTITIONS = 64;

    /** The partition of what nodes tell each other. */
    static final int NODES = 0;

    /** Stands for all first parts. */
    static final String ANY = "";

    private static final String PREFIX = "{pushwire-";
    private static final String PATTERNS = "}:patterns"; // no topic's name has a brace

    private Keys() {}

    static int partition(TopicName topic) {
        return Math.floorMod(topic.value().hashCode(), PARTITIONS);
    }

    static String state(TopicName topic) {
        return of(topic, "state");
    }

    static String history(TopicName topic) {
        return of(topic, "history");
    }

    static String channel(TopicName topic) {
        return of(topic, "channel");
    }

    static String members(TopicName topic) {
        return of(topic, "members");
    }

    /** A topic may have a colon and no slash: so a key with a colon cannot be taken for another one of a longer topic. */
    static String idempotency(TopicName topic, String key) {
        return of(topic, "once") + (key.indexOf(':') < 0 ? ':' : '/') + key;
    }

    /** The first part of the topics that a pattern matches, or {@link #ANY}. */
    static String firstPart(TopicPattern pattern) {
        String part = firstPart(pattern.value());
        return part.equals("*") || part.equals(">") ? ANY : part;
    }

    static String firstPart(TopicName topic) {
        return firstPart(topic.value());
    }

    private static String firstPart(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The channel for patterns, which carries everything on the topics of a partition with this first part. */
    static String patternChannel(int partition, String firstPart) {
        return PREFIX + partition + PATTERNS + (firstPart.equals(ANY) ? "" : ":" + firstPart);
    }

    /** Whether this is a partition's channel for patterns, not a topic's own. */
    static boolean isPatternChannel(String channel) {
        return channel.startsWith(PATTERNS, channel.indexOf('}'));
    }

    /** The key of the nodes that have members of topics in a partition. */
    static String occupants(int partition) {
        return tag(partition) + ":occupants";
    }

    /** The key of the members that a node has in a partition. */
    static String occupancy(int partition, String node) {
        return tag(partition) + ":occupancy:" + node;
    }

    /** The key of the partition's clock, which counts its publications. */
    static String clock(int partition) {
        return tag(partition) + ":clock";
    }

    /** The key of the topics of a partition, by the tick of their last publication. */
    static String index(int partition) {
        return tag(partition) + ":index";
    }

    /** A key of the nodes, which belongs to no topic. */
    static String nodes(String what) {
        return tag(NODES) + ":nodes:" + what;
    }

    private static String of(TopicName topic, String what) {
        return tag(partition(topic)) + ":" + what + ":" + topic.value();
    }

    private static String tag(int partition) {
        return PREFIX + partition + "}";
    }
}
