package dev.pushwire.autoconfigure;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.Limits;
import dev.pushwire.protocol.DeflatePolicy;
import dev.pushwire.protocol.MessageLimits;
import dev.pushwire.protocol.OriginPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the engine. A value that cannot be used fails the start-up.
 *
 * @param maxMessageSize the largest message that the service accepts, over all its fragments. A larger one ends the
 *     connection with 1009
 * @param maxFragments the most frames of one message. More end the connection with 1009
 * @param maxConnections connections at a time. A handshake beyond is answered with 503. By default as many as the heap
 *     and the process's descriptors hold, at most 100,000
 * @param outboxLimit memory for messages that wait for a client that does not read. Once it is reached, the next
 *     message ends the connection with 1013
 * @param pingInterval the time between two pings to a client; 0 for none
 * @param pongTimeout how long a client may give no sign of life after a ping before the connection ends with 1001
 * @param closeTimeout how long a client may take to answer a Close
 * @param idleTimeout how long there may be no message in either direction before the connection ends with 1001; 0 for
 *     no limit
 * @param maxLifetime how long a connection may be open before a Close with 1012 asks its client to connect again, up to
 *     a tenth earlier so that not all come at once; 0 for no limit. It spreads connections over new instances
 * @param handshakeTimeout how long a client may take to send the headers of a request, or the body of one to
 *     {@code /push} or {@code /socket.io/}
 * @param allowedOrigins web origins, besides the service's own, whose pages may connect: https://app.example.com,
 *     *.example.com, or * for any
 * @param compression the compression of messages, if a client wants it
 * @param eventLoops threads that run the connections; by default half as many as processors, at least 1
 */
@ConfigurationProperties("pushwire.websocket")
public record WebSocketProperties(
        @DefaultValue("1MB") DataSize maxMessageSize,
        @DefaultValue("100000") int maxFragments,
        @Nullable Integer maxConnections,
        @DefaultValue("1MB") DataSize outboxLimit,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("10s") Duration pongTimeout,
        @DefaultValue("10s") Duration closeTimeout,
        @DefaultValue("0s") Duration idleTimeout,
        @DefaultValue("0s") Duration maxLifetime,
        @DefaultValue("10s") Duration handshakeTimeout,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("0") int eventLoops,
        @DefaultValue Compression compression) {
    private static final DataSize LARGEST = DataSize.ofGigabytes(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration LONGEST_HANDSHAKE = Duration.ofHours(1);

    public WebSocketProperties {
        require(isSize(maxMessageSize), "max-message-size", "from 1B to 1GB", maxMessageSize);
        require(maxFragments >= 1, "max-fragments", "at least 1", maxFragments);
        require(maxConnections == null || maxConnections >= 1, "max-connections", "at least 1", maxConnections);
        require(isSize(outboxLimit), "outbox-limit", "from 1B to 1GB", outboxLimit);
        require(isTimeOrNone(pingInterval), "ping-interval", "0 for none, or up to 365d", pingInterval);
        require(isTime(pongTimeout, LONGEST), "pong-timeout", "longer than 0, up to 365d", pongTimeout);
        require(isTime(closeTimeout, LONGEST), "close-timeout", "longer than 0, up to 365d", closeTimeout);
        require(isTimeOrNone(idleTimeout), "idle-timeout", "0 for none, or up to 365d", idleTimeout);
        require(isTimeOrNone(maxLifetime), "max-lifetime", "0 for none, or up to 365d", maxLifetime);
        require(
                isTime(handshakeTimeout, LONGEST_HANDSHAKE),
                "handshake-timeout",
                "longer than 0, up to 1h",
                handshakeTimeout);
        require(eventLoops >= 0, "event-loops", "0 for the default, or the number of threads", eventLoops);
        try {
            new OriginPolicy(allowedOrigins);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pushwire.websocket.allowed-origins: " + e.getMessage());
        }
    }

    /**
     * permessage-deflate (RFC 7692).
     *
     * @param enabled whether it is negotiated
     * @param threshold smaller messages go out uncompressed
     * @param level 1 (fastest) to 9 (smallest)
     * @param contextTakeover whether a message may refer to earlier ones: smaller messages for about 300 KB of memory
     *     for each connection
     * @param maxWindowBits the largest window, as the base-2 logarithm of its bytes: 9 to 15
     */
    public record Compression(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("256B") DataSize threshold,
            @DefaultValue("6") int level,
            @DefaultValue("false") boolean contextTakeover,
            @DefaultValue("15") int maxWindowBits) {
        public Compression {
            require(
                    threshold.toBytes() >= 0 && threshold.compareTo(LARGEST) <= 0,
                    "compression.threshold",
                    "from 0B to 1GB",
                    threshold);
            require(level >= 1 && level <= 9, "compression.level", "from 1 to 9", level);
            require(
                    maxWindowBits >= 9 && maxWindowBits <= 15,
                    "compression.max-window-bits",
                    "from 9 to 15",
                    maxWindowBits);
        }

        @Nullable
        DeflatePolicy policy() {
            return enabled ? new DeflatePolicy(contextTakeover, maxWindowBits) : null;
        }

        CompressionSettings settings() {
            return new CompressionSettings((int) threshold.toBytes(), level);
        }
    }

    private static boolean isSize(DataSize size) {
        return size.toBytes() >= 1 && size.compareTo(LARGEST) <= 0;
    }

    private static boolean isTime(Duration time, Duration longest) {
        return time.isPositive() && time.compareTo(longest) <= 0;
    }

    private static boolean isTimeOrNone(Duration time) {
        return time.isZero() || isTime(time, LONGEST);
    }

    private static void require(boolean holds, String property, String expected, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "pushwire.websocket." + property + " must be " + expected + ", but is " + value);
        }
    }

    Limits limits() {
        return new Limits(
                new MessageLimits((int) maxMessageSize.toBytes(), maxFragments),
                (int) outboxLimit.toBytes(),
                pingInterval,
                pongTimeout,
                closeTimeout,
                idleTimeout,
                maxLifetime);
    }

    int loops() {
        return eventLoops > 0 ? eventLoops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
