package dev.pushwire.push;

import dev.pushwire.protocol.CloseStatus;

/** Why topics or their protocol end a connection; {@link dev.pushwire.endpoint.spi.AccessStatus} has the other codes of our own. */
public enum PushClose {
    /** Too many commands could not be understood. */
    BAD_COMMANDS(4400, "too many malformed commands"),
    /** On {@code /topics/{topic}}: what was published since cannot be given whole; begin anew, without {@code since}. */
    NOT_RECOVERED(4410, "history does not reach back so far"),
    /** The broker cannot be reached; try again. */
    UNAVAILABLE(4503, "topics are unavailable for the moment; retry in 5 s");

    private final int code;
    private final String reason;

    PushClose(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** What the Close frame says. */
    public CloseStatus status() {
        return new CloseStatus(code, reason);
    }
}
