package dev.pushwire.stream;

/** The types of events besides {@code message}. A browser hands each to the listeners of that name. */
final class EventType {
    /** A publication of bytes, in base64. */
    static final String BINARY = "binary";
    /** The stream begins behind this position, and all that was published since will come. */
    static final String SUBSCRIBED = "subscribed";
    /** The topic goes on behind this position; something may have been missed. */
    static final String RESET = "reset";
    /** The topic goes on behind this position of another epoch; nothing was missed. */
    static final String RESUMED = "resumed";
    /** The stream ends; to connect again is of use, but not at once. */
    static final String UNAVAILABLE = "unavailable";
    /** The stream ends, with the code that a WebSocket would be closed with. */
    static final String CLOSE = "close";

    private EventType() {}
}
