package dev.pushwire.endpoint.spi;

/** A limit to what one client, or all clients of a node together, may have. */
public enum Limit {
    CONNECTIONS_PER_ADDRESS,
    CONNECTIONS_PER_PRINCIPAL,
    MESSAGES_PER_SECOND,
    PATTERNS_PER_CONNECTION,
    PATTERNS_PER_NODE,
    NEW_TOPICS_PER_MINUTE,
    SUBSCRIPTIONS_PER_CONNECTION,
    TOPICS,
    TOPIC_NAME_LENGTH,
    TICKETS,
    POLLED_SESSIONS,
    SEARCHES_PER_MINUTE
}
