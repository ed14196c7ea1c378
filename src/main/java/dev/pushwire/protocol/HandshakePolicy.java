package dev.pushwire.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server's answer depends on, besides the request.
 *
 * @param origins which pages may ask
 * @param subprotocols those that the endpoint speaks, in order of preference
 * @param compression null for none
 * @param availability whether there is room for one more connection
 */
public record HandshakePolicy(
        OriginPolicy origins,
        List<String> subprotocols,
        @Nullable DeflatePolicy compression,
        Availability availability) {

    /** Whether the server takes new connections. */
    public enum Availability {
        OPEN,
        /** There are as many connections as are allowed. */
        FULL,
        /** The present connections take all the memory that connections may take. */
        SHORT_OF_MEMORY,
        /** The server is about to stop. */
        DRAINING
    }
}
