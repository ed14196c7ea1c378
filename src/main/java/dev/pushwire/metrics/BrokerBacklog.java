package dev.pushwire.metrics;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What waits between this node and the others, for meters.
 *
 * @param topicsBehind how many topics have waiting messages
 * @param waitingBytes how many bytes of messages wait
 * @param questions how many questions to other nodes have no answer yet
 */
public record BrokerBacklog(IntSupplier topicsBehind, LongSupplier waitingBytes, IntSupplier questions) {
    /** The backlog of a node that is alone. */
    public static final BrokerBacklog NONE = new BrokerBacklog(() -> 0, () -> 0, () -> 0);
}
