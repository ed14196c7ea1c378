package dev.pushwire.tomcat;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake;

/** The result of an opening handshake. */
public enum HandshakeResult {
    /** Answered with 101. */
    ACCEPTED,
    /** Refused: the method is not GET. */
    METHOD,
    /** Refused: another version of the protocol. */
    VERSION,
    /** Refused: a header is missing or malformed, or there is a body. */
    MALFORMED,
    /** Refused: the page has another origin. */
    ORIGIN,
    /** Refused: there are as many connections as are allowed. */
    FULL,
    /** Refused: the present connections take all the memory that connections may take. */
    SHORT_OF_MEMORY,
    /** The service is about to stop. */
    DRAINING,
    /** Refused: no accepted token, or as many connections of the address or principal as are allowed. */
    NOT_ADMITTED,
    /** Refused by the endpoint. */
    REFUSED,
    /** The endpoint threw an exception. */
    FAILED,
    /**
     * No endpoint has this path, and the application answered, as it does to any request. Or the application has added
     * the port, and it opens no WebSockets.
     */
    UNMAPPED;

    /** The result of an answer for which the endpoint was not asked. */
    static HandshakeResult of(OpeningHandshake answer, Availability availability) {
        return switch (answer.status()) {
            case 101 -> ACCEPTED;
            case 403 -> ORIGIN;
            case 405 -> METHOD;
            case 426 -> VERSION;
            case 503 ->
                switch (availability) {
                    case DRAINING -> DRAINING;
                    case SHORT_OF_MEMORY -> SHORT_OF_MEMORY;
                    case FULL, OPEN -> FULL;
                };
            default -> MALFORMED;
        };
    }
}
