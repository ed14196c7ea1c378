package dev.pushwire.endpoint;

/** What {@code pushwire.limits.messages-per-second} counts on an endpoint. */
public enum RateLimit {
    /** Nothing: clients may send as much as they like. */
    NONE,
    /** Each message counts. */
    MESSAGES,
    /**
     * Each line of a text message counts, unless it is empty. A binary message counts as one. For endpoints that take
     * several commands in one message.
     */
    LINES
}
