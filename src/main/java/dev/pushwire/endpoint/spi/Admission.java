package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Decides which clients may connect at all: asked for each handshake that is in order, before its endpoint is. Thread-safe.
 */
@FunctionalInterface
public interface Admission {
    /**
     * Lets a client in or not, on the HTTP request's own thread, which it may block.
     *
     * @param authenticatesLate whether the endpoint takes a token in a message, so that one need not come with the
     *     handshake
     * @return for the connection to keep, or to release when there will be none after all
     * @throws HandshakeRefusedException to answer with an HTTP error instead
     */
    AccessLease admit(Handshake handshake, boolean authenticatesLate) throws HandshakeRefusedException;

    /**
     * Who a request is from that belongs to a session which was let in before. Counts nothing. On the request's own thread, which it
     * may block.
     *
     * @return null where the request does not say
     * @throws HandshakeRefusedException for a token that is not good
     */
    default @Nullable Principal identify(Handshake handshake) throws HandshakeRefusedException {
        return handshake.principal();
    }
}
