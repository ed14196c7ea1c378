package dev.pushwire.socketio;

import dev.pushwire.broker.Retention;
import java.time.Duration;

/**
 * How much is kept for returning clients.
 *
 * @param maxDisconnection how long a client may be away
 * @param confirmation the longest time until the service knows what a connected client has received
 * @param historySize events of a namespace that are remembered
 * @param maxSessions absent clients on one node
 * @param maxSessionSize memory of one client, in bytes
 * @param maxMemory memory of all clients of a node together, in bytes
 */
public record RecoverySettings(
        Duration maxDisconnection,
        Duration confirmation,
        int historySize,
        int maxSessions,
        int maxSessionSize,
        long maxMemory) {
    /** The retention of a namespace's topic: enough for a client that was away as long as it may be. */
    Retention retention() {
        return new Retention(historySize, maxDisconnection.plus(confirmation));
    }
}
