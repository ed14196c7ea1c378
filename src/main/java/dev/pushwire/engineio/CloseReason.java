package dev.pushwire.engineio;

/** Why an Engine.IO session ended, in the words of the reference implementation. */
public enum CloseReason {
    /** The client closed the connection, or it broke. */
    TRANSPORT_CLOSE("transport close"),
    /** The client sent a packet that only servers send. */
    TRANSPORT_ERROR("transport error"),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent something that is not a packet. */
    PARSE_ERROR("parse error"),
    /** The client broke the rules of the protocol above Engine.IO. */
    FORCED_CLOSE("forced close"),
    /** The server ended the session. */
    FORCED_SERVER_CLOSE("forced server close");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** As the reference implementation spells it. */
    public String text() {
        return text;
    }

    /**
     * Whether the server ends the session in order. Then a polling client may still collect its messages and the last
     * packet.
     */
    boolean isOrderly() {
        return switch (this) {
            case FORCED_CLOSE, FORCED_SERVER_CLOSE -> true;
            case TRANSPORT_CLOSE, TRANSPORT_ERROR, PING_TIMEOUT, PARSE_ERROR -> false;
        };
    }
}
