package dev.pushwire.redis;

import dev.pushwire.broker.TopicName;

/**
 * The names of keys and channels. Topics are spread over partitions, whose number is the hash tag: what one script touches
 * lies in one slot of a cluster, and patterns need a channel for each partition, not one for each topic.
 */
final class Keys {
    /** Enough to spread over any cluster; part of the data in Redis, so not to be changed. */
    static final int PARTITIONS = 64;

    private static final String PREFIX = "{pushwire-";

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

    static String idempotency(TopicName topic, String key) {
        return of(topic, "once") + ":" + key;
    }

    /** Where everything on the topics of a partition is told, for patterns. */
    static String patternChannel(int partition) {
        return tag(partition) + ":patterns";
    }

    static String leases(int partition) {
        return tag(partition) + ":leases";
    }

    private static String of(TopicName topic, String what) {
        return tag(partition(topic)) + ":" + what + ":" + topic.value();
    }

    private static String tag(int partition) {
        return PREFIX + partition + "}";
    }
}
