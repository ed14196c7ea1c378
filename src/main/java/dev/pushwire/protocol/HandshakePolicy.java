package dev.pushwire.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server makes its answer of, besides the request.
 *
 * @param origins which pages may ask
 * @param subprotocols those the endpoint speaks, most wanted first
 * @param compression null for none
 * @param availability whether there is room for one more connection
 */
public record HandshakePolicy(
        OriginPolicy origins,
        List<String> subprotocols,
        @Nullable DeflatePolicy compression,
        Availability availability) {

    /** Whether new connections are taken. */
    public enum Availability {
        OPEN,
        /** As many connections as are allowed. */
        FULL,
        /** The connections that there are take all the memory that connections may. */
        SHORT_OF_MEMORY,
        /** The server is about to stop. */
        DRAINING
    }
}
