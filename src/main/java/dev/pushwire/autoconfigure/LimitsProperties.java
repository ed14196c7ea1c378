package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much clients may use of the service; 0 for no limit.
 *
 * @param connectionsPerAddress connections at a time from one address, which behind a trusted proxy is the one that it
 *     named. A handshake beyond is answered with 429
 * @param connectionsPerPrincipal connections at a time of one principal. A handshake beyond is answered with 429
 * @param messagesPerSecond messages that a client may send on one connection, on endpoints that ask for the limit.
 *     Beyond it the connection ends with 4429
 * @param patterns different patterns with wildcards that all clients of this node together may be subscribed to at a
 *     time. A subscription to one more is refused
 * @param newTopicsPerMinute topics and patterns that one connection may make its node subscribe to anew in a minute.
 *     Beyond it, a subscription is refused. Topics and patterns that the node is subscribed to already do not count
 * @param newTopicsPerMinuteAndAddress the same for all connections and handshakes of one address
 * @param topics topics at a time on this node; 0 for as many as a quarter of the heap has room for
 */
@ConfigurationProperties("pushwire.limits")
public record LimitsProperties(
        @DefaultValue("0") int connectionsPerAddress,
        @DefaultValue("0") int connectionsPerPrincipal,
        @DefaultValue("0") int messagesPerSecond,
        @DefaultValue("100000") int patterns,
        @DefaultValue("6000") int newTopicsPerMinute,
        @DefaultValue("100000") int newTopicsPerMinuteAndAddress,
        @DefaultValue("0") int topics) {
    private static final int MOST_MESSAGES = 1_000_000;
    private static final int MOST_NEW_TOPICS = 10_000_000;

    /**
     * The memory of a topic, generously: with one subscription it takes half as much, and the rest is for long names
     * and more subscriptions.
     */
    private static final int BYTES_PER_TOPIC = 1024;

    public LimitsProperties {
        require(connectionsPerAddress >= 0, "connections-per-address", "or more", connectionsPerAddress);
        require(connectionsPerPrincipal >= 0, "connections-per-principal", "or more", connectionsPerPrincipal);
        require(
                messagesPerSecond >= 0 && messagesPerSecond <= MOST_MESSAGES,
                "messages-per-second",
                "or up to " + MOST_MESSAGES,
                messagesPerSecond);
        require(patterns >= 0, "patterns", "or more", patterns);
        require(
                newTopicsPerMinute >= 0 && newTopicsPerMinute <= MOST_NEW_TOPICS,
                "new-topics-per-minute",
                "or up to " + MOST_NEW_TOPICS,
                newTopicsPerMinute);
        require(
                newTopicsPerMinuteAndAddress >= 0 && newTopicsPerMinuteAndAddress <= MOST_NEW_TOPICS,
                "new-topics-per-minute-and-address",
                "or up to " + MOST_NEW_TOPICS,
                newTopicsPerMinuteAndAddress);
        if (topics < 0) {
            throw new IllegalArgumentException(
                    "pushwire.limits.topics must be 0 for what the heap has room for, or more, but is " + topics);
        }
    }

    /** The number of topics that applies. */
    @Override
    public int topics() {
        return topics > 0
                ? topics
                : (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_TOPIC);
    }

    private static void require(boolean holds, String property, String upTo, int value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "pushwire.limits." + property + " must be 0 for any number, " + upTo + ", but is " + value);
        }
    }
}
