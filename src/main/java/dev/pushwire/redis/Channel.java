package dev.pushwire.redis;

import dev.pushwire.broker.TopicName;

/** A channel of Redis, and the partition that it is in. */
record Channel(int partition, String name) {
    /** Where a topic is told of. */
    static Channel of(TopicName topic) {
        return new Channel(Keys.partition(topic), Keys.channel(topic));
    }

    /** Where is told what belongs to no topic, but to the nodes. */
    static Channel ofNodes(String name) {
        return new Channel(Keys.NODES, name);
    }
}
