package dev.pushwire.tomcat;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake;

/** What became of an opening handshake, and if nothing, why. */
public enum HandshakeResult {
    /** 101. */
    ACCEPTED,
    /** Not a GET. */
    METHOD,
    /** Another version of the protocol. */
    VERSION,
    /** A header that is missing or malformed, or a body. */
    MALFORMED,
    /** A page of another origin. */
    ORIGIN,
    /** As many connections as are allowed. */
    FULL,
    /** The connections that there are take all the memory that connections may. */
    SHORT_OF_MEMORY,
    /** The service is about to stop. */
    DRAINING,
    /** No token that is accepted, or as many connections of that address or principal as are allowed. */
    NOT_ADMITTED,
    /** The endpoint did not want it. */
    REFUSED,
    /** The endpoint threw. */
    FAILED,
    /** No endpoint has this path: the application answered, as it does to any request. */
    UNMAPPED;

    /** Of an answer that the endpoint has not been asked about. */
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
