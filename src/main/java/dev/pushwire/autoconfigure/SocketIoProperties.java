package dev.pushwire.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connections of Socket.IO clients, to {@code /socket.io/}.
 *
 * @param enabled whether there are such
 * @param pingInterval time between two pings of Socket.IO to a client
 * @param pingTimeout how long a client may take to answer one before it is disconnected
 * @param connectTimeout how long a client may be connected without being in a namespace
 * @param ackTimeout how long an answer of a client is waited for, unless the application says otherwise
 * @param maxNamespaces namespaces that one client may be connected to at a time
 * @param maxRooms rooms that one socket may be in
 */
@ConfigurationProperties("pushwire.socketio")
public record SocketIoProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("20s") Duration pingTimeout,
        @DefaultValue("45s") Duration connectTimeout,
        @DefaultValue("10s") Duration ackTimeout,
        @DefaultValue("100") int maxNamespaces,
        @DefaultValue("1000") int maxRooms) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public SocketIoProperties {
        requireTime("ping-interval", pingInterval);
        requireTime("ping-timeout", pingTimeout);
        requireTime("connect-timeout", connectTimeout);
        requireTime("ack-timeout", ackTimeout);
        requirePositive("max-namespaces", maxNamespaces);
        requirePositive("max-rooms", maxRooms);
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
