package dev.pushwire.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One way from this node to what nodes share, as it is observed.
 *
 * @param name the value of the tag {@code link}
 * @param up whether it stands
 * @param reconnects how often it was made anew since the node started
 */
public record BrokerLink(String name, BooleanSupplier up, LongSupplier reconnects) {
    /** What nodes share topics through. */
    public static final String TOPICS = "topics";
    /** What nodes tell and ask each other through: revocations, and questions about connections. */
    public static final String NODES = "nodes";

    /** For a node that is all alone: nothing can break. */
    public static BrokerLink inMemory(String name) {
        return new BrokerLink(name, () -> true, () -> 0);
    }
}
