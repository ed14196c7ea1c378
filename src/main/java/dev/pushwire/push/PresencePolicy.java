package dev.pushwire.push;

/** Whether a topic's subscribers can see each other. */
public enum PresencePolicy {
    NONE,
    /** Subscribers may ask for the members. */
    LIST,
    /** They may ask, and are told of those who come and go. */
    EVENTS
}
