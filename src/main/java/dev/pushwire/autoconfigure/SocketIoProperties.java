package dev.pushwire.autoconfigure;

import dev.pushwire.engineio.EngineSettings;
import dev.pushwire.socketio.RecoverySettings;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The connections of Socket.IO clients, to {@code /socket.io/}.
 *
 * @param enabled whether the endpoint exists
 * @param transports the transports that a client may begin with
 * @param allowUpgrades whether a client that has begun with polling may continue over a WebSocket
 * @param pingInterval the time between two pings of Socket.IO to a client
 * @param pingTimeout how long a client may take to answer a ping before it is disconnected
 * @param connectTimeout how long a client may be connected without a namespace
 * @param ackTimeout how long the service waits for an acknowledgement, unless the application says otherwise
 * @param maxNamespaces namespaces that one client may be connected to at a time
 * @param maxRooms rooms that one socket may be in
 * @param recovery what clients that come back get, in namespaces that recover
 */
@ConfigurationProperties("pushwire.socketio")
public record SocketIoProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue({"polling", "websocket"}) Set<EngineSettings.Transport> transports,
        @DefaultValue("true") boolean allowUpgrades,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("20s") Duration pingTimeout,
        @DefaultValue("45s") Duration connectTimeout,
        @DefaultValue("10s") Duration ackTimeout,
        @DefaultValue("100") int maxNamespaces,
        @DefaultValue("1000") int maxRooms,
        @DefaultValue Recovery recovery) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * What is kept for clients that come back.
     *
     * @param maxDisconnection how long a client may be away
     * @param historySize events of a namespace that are remembered
     * @param maxSessions absent clients on one node
     * @param maxSessionSize how much is kept of one client: its rooms, its data, and what was sent to it alone
     */
    public record Recovery(
            @DefaultValue("2m") Duration maxDisconnection,
            @DefaultValue("10000") int historySize,
            @DefaultValue("20000") int maxSessions,
            @DefaultValue("64KB") DataSize maxSessionSize) {
        public Recovery {
            requireTime("recovery.max-disconnection", maxDisconnection);
            requirePositive("recovery.history-size", historySize);
            requirePositive("recovery.max-sessions", maxSessions);
            if (maxSessionSize.toBytes() < 1024
                    || maxSessionSize.toBytes() > DataSize.ofMegabytes(1).toBytes()) {
                throw new IllegalArgumentException(
                        "pushwire.socketio.recovery.max-session-size must be from 1KB to 1MB, but is "
                                + maxSessionSize);
            }
        }
    }

    public SocketIoProperties {
        if (transports.isEmpty()) {
            throw new IllegalArgumentException(
                    "pushwire.socketio.transports must name polling, websocket or both. To turn both off,"
                            + " set pushwire.socketio.enabled=false");
        }
        requireTime("ping-interval", pingInterval);
        requireTime("ping-timeout", pingTimeout);
        requireTime("connect-timeout", connectTimeout);
        requireTime("ack-timeout", ackTimeout);
        requirePositive("max-namespaces", maxNamespaces);
        requirePositive("max-rooms", maxRooms);
    }

    /** @param memory for all clients of the node together, in bytes */
    RecoverySettings recovery(long memory) {
        return new RecoverySettings(
                recovery.maxDisconnection,
                pingInterval.plus(pingTimeout).multipliedBy(2), // a pong confirms what was sent before the last pong
                recovery.historySize,
                recovery.maxSessions,
                (int) recovery.maxSessionSize.toBytes(),
                memory);
    }

    private static void requireTime(String property, Duration time) {
        if (time.compareTo(Duration.ofMillis(10)) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "pushwire.socketio." + property + " must be from 10ms to 1h, but is " + time);
        }
    }

    private static void requirePositive(String property, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "pushwire.socketio." + property + " must be at least 1, but is " + value);
        }
    }
}
