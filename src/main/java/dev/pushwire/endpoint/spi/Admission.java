package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Decides which clients may connect. It is asked for each valid handshake, before the endpoint is. Thread-safe. */
@FunctionalInterface
public interface Admission {
    /**
     * Admits a client or refuses it. It is called on the thread of the HTTP request, and may block.
     *
     * @param authenticatesLate whether the endpoint takes a token in a message, so that the handshake may come without
     *     one
     * @return the lease, which the connection keeps; the caller releases it if no connection comes about
     * @throws HandshakeRefusedException to answer with an HTTP error instead
     */
    AccessLease admit(Handshake handshake, boolean authenticatesLate) throws HandshakeRefusedException;

    /**
     * Finds out whether a client would be admitted now. It uses nothing up, such as a ticket, and takes no place. It is
     * called on the thread of the request, and may block.
     *
     * @param authenticatesLate as in {@link #admit}
     * @throws HandshakeRefusedException if the client would be refused
     */
    default void check(Handshake handshake, boolean authenticatesLate) throws HandshakeRefusedException {
        admit(handshake, authenticatesLate).release();
    }

    /**
     * Finds the user of a request that belongs to an admitted session. It counts nothing. It is called on the thread of
     * the request, and may block.
     *
     * @return null if the request does not say
     * @throws HandshakeRefusedException if the request's token is not valid
     */
    default @Nullable Principal identify(Handshake handshake) throws HandshakeRefusedException {
        return handshake.principal();
    }
}
