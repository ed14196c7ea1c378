package dev.pushwire.endpoint;

/** What {@code pushwire.limits.messages-per-second} counts of what clients send to an endpoint. */
public enum RateLimit {
    /** Nothing: clients may send as much as they like. */
    NONE,
    /** Messages. */
    MESSAGES,
    /**
     * The lines of text messages that are not empty, for endpoints to which one message may bring several commands; a
     * binary message is one.
     */
    LINES
}
