package dev.pushwire.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One link from this node to the broker, for meters.
 *
 * @param name the value of the tag {@code link}
 * @param up whether the link is up
 * @param reconnects how often it was made anew since the node started
 */
public record BrokerLink(String name, BooleanSupplier up, LongSupplier reconnects) {
    /** The link for topics. */
    public static final String TOPICS = "topics";
    /** The link for nodes: revocations, and questions about connections. */
    public static final String NODES = "nodes";

    /** The link of a node that is alone, which cannot break. */
    public static BrokerLink inMemory(String name) {
        return new BrokerLink(name, () -> true, () -> 0);
    }
}
