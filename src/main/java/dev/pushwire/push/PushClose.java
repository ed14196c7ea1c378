package dev.pushwire.push;

import dev.pushwire.protocol.CloseStatus;

/**
 * The close codes of connections that topics or their protocol end. {@link dev.pushwire.endpoint.spi.AccessStatus} has
 * the other private codes of this service.
 */
public enum PushClose {
    /** The client sent too many commands that the server could not read. */
    BAD_COMMANDS(4400, "too many malformed commands"),
    /**
     * On {@code /topics/{topic}}: the history does not reach back to the client's position. The client begins anew,
     * without {@code since}.
     */
    NOT_RECOVERED(4410, "history does not reach back so far"),
    /** The broker cannot be reached. The client tries again. */
    UNAVAILABLE(4503, "topics are unavailable for the moment; retry in 5 s");

    private final int code;
    private final String reason;

    PushClose(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** The status of the Close frame. */
    public CloseStatus status() {
        return new CloseStatus(code, reason);
    }
}
