package dev.pushwire.endpoint;

/** What a client may have only so much of. */
public enum Limit {
    CONNECTIONS_PER_ADDRESS,
    CONNECTIONS_PER_PRINCIPAL,
    MESSAGES_PER_SECOND,
    SUBSCRIPTIONS_PER_CONNECTION,
    TOPIC_NAME_LENGTH
}
