package dev.pushwire.endpoint.spi;

import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a peer was let in with: who it is, and how long that holds. A connection has one from its handshake on; a peer that
 * shows a new token gets another in its place. Thread-safe.
 */
public interface AccessLease {
    /** Who the peer is; null for nobody in particular. */
    @Nullable
    Principal principal();

    /**
     * Whether the connection must end now. Asked about once a second, on the event loop: must not block.
     *
     * @param now as {@link System#nanoTime} counts
     * @return what to close with; null as long as the lease holds
     */
    @Nullable
    CloseStatus ending(long now);

    /** Whether the peer has still to say who it is: until then its endpoint does nothing else for it. */
    boolean provisional();

    /** The connection is over; called once, on the lease that it had last. */
    void release();

    /** A lease for as long as the connection lasts, which takes no place that anybody counts. */
    static AccessLease lasting(@Nullable Principal principal) {
        return new LastingLease(principal);
    }
}
