package dev.pushwire.socketio;

import dev.pushwire.broker.Retention;
import java.time.Duration;

/**
 * What is kept for clients that come back.
 *
 * @param maxDisconnection how long one may be away
 * @param confirmation how long it may take, while a client is there, until the service knows what it has
 * @param historySize events of a namespace that are remembered
 * @param maxSessions of clients that are away, on one node
 * @param maxSessionSize of one client, in bytes
 * @param maxMemory of all clients of a node together, in bytes
 */
public record RecoverySettings(
        Duration maxDisconnection,
        Duration confirmation,
        int historySize,
        int maxSessions,
        int maxSessionSize,
        long maxMemory) {
    /** Of the topic of a namespace: what a client that was away as long as it may needs. */
    Retention retention() {
        return new Retention(historySize, maxDisconnection.plus(confirmation));
    }
}
