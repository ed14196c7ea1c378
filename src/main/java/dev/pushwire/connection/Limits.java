package dev.pushwire.connection;

import dev.pushwire.protocol.MessageLimits;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What one connection may hold and how long it may take.
 *
 * @param messages of what arrives
 * @param outbox bytes of memory that are taken by what waits for a peer that does not read, when the next message is not
 *     taken any more; one alone always is
 * @param pingInterval time between two pings; zero for no pings
 * @param pongTimeout how long a peer may give no sign of life after a ping
 * @param closeTimeout how long the closing handshake and the end of the TCP connection may take
 * @param idleTimeout how long there may be no message in either direction; zero for ever
 * @param maxLifetime how long a connection may be open; zero for ever
 */
public record Limits(
        MessageLimits messages,
        int outbox,
        Duration pingInterval,
        Duration pongTimeout,
        Duration closeTimeout,
        Duration idleTimeout,
        Duration maxLifetime) {

    /** How often deadlines are looked at: a quarter of the shortest one, from 10 ms to 1 s. */
    public Duration sweepInterval() {
        long shortest = Stream.of(pingInterval, pongTimeout, closeTimeout, idleTimeout, maxLifetime)
                .filter(Duration::isPositive)
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(Long.MAX_VALUE);
        return Duration.ofMillis(Math.clamp(shortest / 4, 10, 1000));
    }
}
