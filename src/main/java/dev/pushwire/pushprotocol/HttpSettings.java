package dev.pushwire.pushprotocol;

import dev.pushwire.broker.NodeName;
import java.time.Duration;

/**
 * What sessions without a WebSocket may have.
 *
 * @param node that they are on
 * @param limits as clients are told
 * @param pollTimeout how long a client may stay away between two polls
 * @param bodyTimeout how long a body may take to come
 * @param maxPolled sessions of this node at a time that are polled
 */
public record HttpSettings(
        NodeName node, ProtocolLimits limits, Duration pollTimeout, Duration bodyTimeout, int maxPolled) {
    /** As clients of WebSockets are told, where a message is a body. */
    public HttpSettings {
        limits = new ProtocolLimits(
                Math.min(limits.messageSize(), HttpBody.MOST), limits.commandsPerSecond(), limits.subscriptions());
    }
}
