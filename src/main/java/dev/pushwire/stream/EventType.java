package dev.pushwire.stream;

/** The types of events besides {@code message}. A browser hands each to the listeners for its type. */
final class EventType {
    /** A publication of bytes, in base64. */
    static final String BINARY = "binary";
    /** The stream begins after this position, and brings everything that was published since. */
    static final String SUBSCRIBED = "subscribed";
    /** The topic continues after this position. Something may have been missed. */
    static final String RESET = "reset";
    /** The topic continues after this position of another epoch. Nothing was missed. */
    static final String RESUMED = "resumed";
    /** The stream ends. The client should connect again, but not at once. */
    static final String UNAVAILABLE = "unavailable";
    /** The stream ends, with the code that a WebSocket would be closed with. */
    static final String CLOSE = "close";

    private EventType() {}
}
