package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.broker.NodeName;
import dev.pushwire.connection.ConnectionInfo;
import org.jspecify.annotations.Nullable;

/**
 * One connection, for callers of the API and between nodes.
 *
 * @param node the node that it is on
 * @param transport what carries it: {@code websocket}, or a kind of stream
 * @param open whether messages go both ways; if not, it is being closed
 * @param outboxBytes how many bytes wait for the client to read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectionReport(
        String id,
        String node,
        String endpoint,
        String transport,
        String address,
        @Nullable String principal,
        @Nullable String subprotocol,
        boolean open,
        double ageSeconds,
        double idleSeconds,
        long outboxBytes) {
    static ConnectionReport of(NodeName node, ConnectionInfo info) {
        return new ConnectionReport(
                info.id(),
                node.value(),
                info.endpoint(),
                info.transport(),
                info.address(),
                info.principal(),
                info.subprotocol(),
                info.open(),
                info.age().toMillis() / 1000.0,
                info.idle().toMillis() / 1000.0,
                info.outboxBytes());
    }
}
