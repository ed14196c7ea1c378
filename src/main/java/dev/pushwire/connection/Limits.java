package dev.pushwire.connection;

import dev.pushwire.protocol.MessageLimits;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How much one connection may hold, and how long it may take.
 *
 * @param messages the limits of messages that arrive
 * @param outbox how much memory waiting messages may take before the next message is refused, in bytes. A single
 *     message is always taken
 * @param pingInterval the time between two pings; zero for no pings
 * @param pongTimeout how long a peer may give no sign of life after a ping
 * @param closeTimeout how long the closing handshake and the end of the TCP connection may take
 * @param idleTimeout how long there may be no message in either direction; zero for no limit
 * @param maxLifetime how long a connection may be open; zero for no limit
 */
public record Limits(
        MessageLimits messages,
        int outbox,
        Duration pingInterval,
        Duration pongTimeout,
        Duration closeTimeout,
        Duration idleTimeout,
        Duration maxLifetime) {

    /** How often the loops look at deadlines: a quarter of the shortest one, from 10 ms to 1 s. */
    public Duration sweepInterval() {
        long shortest = Stream.of(pingInterval, pongTimeout, closeTimeout, idleTimeout, maxLifetime)
                .filter(Duration::isPositive)
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(Long.MAX_VALUE);
        return Duration.ofMillis(Math.clamp(shortest / 4, 10, 1000));
    }
}
