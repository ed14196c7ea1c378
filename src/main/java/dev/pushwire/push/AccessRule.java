package dev.pushwire.push;

/** Which clients may do something on a topic. */
public enum AccessRule {
    /** Every client. */
    PUBLIC,
    /** A client with a principal. */
    AUTHENTICATED,
    /** A client whose token names the topic in its claims. */
    CLAIMS,
    /** No client. A key of the HTTP API still may. */
    NONE
}
