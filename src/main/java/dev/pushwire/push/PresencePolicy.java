package dev.pushwire.push;

/** Whether a topic's subscribers can see each other. */
public enum PresencePolicy {
    NONE,
    /** Subscribers may ask for the members. */
    LIST,
    /** Subscribers may ask for the members, and are told when members come and go. */
    EVENTS
}
