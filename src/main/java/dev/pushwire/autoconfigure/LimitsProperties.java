package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What clients may use of the service; 0 for as much as they like.
 *
 * @param connectionsPerAddress connections at a time from one address, or the one that a trusted proxy named; a handshake
 *     beyond is answered 429
 * @param connectionsPerPrincipal connections at a time of one principal; a handshake beyond is answered 429
 * @param messagesPerSecond messages that a client may send on one connection, on endpoints that ask for the limit; beyond
 *     it the connection ends with 4429
 * @param patterns different patterns with wildcards that all clients of this node together may be subscribed to at a time; a
 *     subscription to another one is refused
 */
@ConfigurationProperties("pushwire.limits")
public record LimitsProperties(
        @DefaultValue("0") int connectionsPerAddress,
        @DefaultValue("0") int connectionsPerPrincipal,
        @DefaultValue("0") int messagesPerSecond,
        @DefaultValue("100000") int patterns) {
    private static final int MOST_MESSAGES = 1_000_000;

    public LimitsProperties {
        require(connectionsPerAddress >= 0, "connections-per-address", "or more", connectionsPerAddress);
        require(connectionsPerPrincipal >= 0, "connections-per-principal", "or more", connectionsPerPrincipal);
        require(
                messagesPerSecond >= 0 && messagesPerSecond <= MOST_MESSAGES,
                "messages-per-second",
                "or up to " + MOST_MESSAGES,
                messagesPerSecond);
        require(patterns >= 0, "patterns", "or more", patterns);
    }

    private static void require(boolean holds, String property, String upTo, int value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "pushwire.limits." + property + " must be 0 for any number, " + upTo + ", but is " + value);
        }
    }
}
