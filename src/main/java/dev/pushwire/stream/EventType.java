package dev.pushwire.stream;

/** The types of events besides {@code message}. A browser hands each to the listeners for its type. */
final class EventType {
    /** A publication of bytes, in base64. */
    static final String BINARY = "binary";
    /** The stream begins behind this position, and will bring everything that was published since. */
    static final String SUBSCRIBED = "subscribed";
    /** The topic continues behind this position. Something may have been missed. */
    static final String RESET = "reset";
    /** The topic continues behind this position of another epoch. Nothing was missed. */
    static final String RESUMED = "resumed";
    /** The stream ends. To connect again helps, but not at once. */
    static final String UNAVAILABLE = "unavailable";
    /** The stream ends, with the code that a WebSocket would be closed with. */
    static final String CLOSE = "close";

    private EventType() {}
}
