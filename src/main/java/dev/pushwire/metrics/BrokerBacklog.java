package dev.pushwire.metrics;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What waits between this node and the others, as it is observed.
 *
 * @param topicsBehind topics of which messages wait
 * @param waitingBytes messages that wait
 * @param questions to other nodes that are not answered yet
 */
public record BrokerBacklog(IntSupplier topicsBehind, LongSupplier waitingBytes, IntSupplier questions) {
    /** For a node that is all alone. */
    public static final BrokerBacklog NONE = new BrokerBacklog(() -> 0, () -> 0, () -> 0);
}
