package dev.pushwire.push;

/** Whether a topic's subscribers can see each other. */
public enum PresencePolicy {
    NONE,
    /** They may ask who is there. */
    LIST,
    /** They may ask, and are told of those who come and go. */
    EVENTS
}
