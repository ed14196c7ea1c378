package dev.pushwire.push;

import dev.pushwire.protocol.CloseStatus;

/** The close codes of our own: every reason why topics, their protocol or their guards end a connection. */
public enum PushClose {
    /** Too many commands could not be understood. */
    BAD_COMMANDS(4400, "too many malformed commands"),
    /** It is not known who the client is, or its token is not good. */
    UNAUTHORIZED(4401, "not authenticated"),
    /** The token is over and was not renewed, or was revoked. */
    EXPIRED(4403, "the token has expired or was revoked"),
    /** On {@code /topics/{topic}}: what was published since cannot be given whole; begin anew, without {@code since}. */
    NOT_RECOVERED(4410, "history does not reach back so far"),
    /** More than a client may send or open. */
    TOO_MANY(4429, "too many requests"),
    /** The broker cannot be reached; try again. */
    UNAVAILABLE(4503, "topics are unavailable for the moment");

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
