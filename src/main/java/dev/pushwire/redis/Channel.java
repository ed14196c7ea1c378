package dev.pushwire.redis;

import dev.pushwire.broker.TopicName;

/** A channel of Redis, with its partition. */
record Channel(int partition, String name) {
    /** The channel of a topic. */
    static Channel of(TopicName topic) {
        return new Channel(Keys.partition(topic), Keys.channel(topic));
    }

    /** A channel of the nodes, which belongs to no topic. */
    static Channel ofNodes(String name) {
        return new Channel(Keys.NODES, name);
    }
}
