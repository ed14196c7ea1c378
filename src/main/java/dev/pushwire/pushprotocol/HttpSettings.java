package dev.pushwire.pushprotocol;

import dev.pushwire.broker.NodeName;
import java.time.Duration;

/**
 * The settings of sessions without a WebSocket.
 *
 * @param node the node that they are on
 * @param limits the limits as clients see them
 * @param pollTimeout how long a client may stay away between two polls
 * @param bodyTimeout how long a body may take to arrive
 * @param maxPolled polled sessions of this node at a time
 */
public record HttpSettings(
        NodeName node, ProtocolLimits limits, Duration pollTimeout, Duration bodyTimeout, int maxPolled) {
    /** The limits are those of WebSockets, but a message is a body. */
    public HttpSettings {
        limits = new ProtocolLimits(
                Math.min(limits.messageSize(), HttpBody.MOST), limits.commandsPerSecond(), limits.subscriptions());
    }
}
