package dev.pushwire.push;

/** Who may do something on a topic. */
public enum AccessRule {
    /** Everybody. */
    PUBLIC,
    /** Whoever has said who it is. */
    AUTHENTICATED,
    /** Whoever has a token whose claims name the topic. */
    CLAIMS,
    /** No client; still whoever has a key of the HTTP API. */
    NONE
}
