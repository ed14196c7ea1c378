package dev.pushwire.endpoint.spi;

import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The right of a peer to be connected: the user that it is, and how long that holds. A connection has a lease from its
 * handshake on. A peer that shows a new token gets a new lease in place of the old one. Thread-safe.
 */
public interface AccessLease {
    /** The user; null for an anonymous peer. */
    @Nullable
    Principal principal();

    /**
     * Whether the connection must end now. The event loop asks about once a second, so the method must not block.
     *
     * @param now the time as {@link System#nanoTime} counts it
     * @return the status to close with; null as long as the lease holds
     */
    @Nullable
    CloseStatus ending(long now);

    /** Whether the peer has yet to authenticate. Until it has, its endpoint does nothing else for it. */
    boolean provisional();

    /** Called once when the connection is over, on the last lease that it had. */
    void release();

    /** A lease that lasts as long as the connection. It takes no place in any limit. */
    static AccessLease lasting(@Nullable Principal principal) {
        return new LastingLease(principal);
    }
}
