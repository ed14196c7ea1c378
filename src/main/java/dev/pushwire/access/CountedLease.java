package dev.pushwire.access;

import dev.pushwire.access.ConnectionQuota.Place;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a client was let in with.
 *
 * @param validity how long it holds
 * @param atAddress the place it has among the connections of its address
 * @param ofPrincipal the place it has among the connections of its principal
 */
record CountedLease(@Nullable Principal principal, Validity validity, Place atAddress, Place ofPrincipal)
        implements AccessLease {
    /** Shared by all clients that have no token and are not counted. */
    private static final CountedLease ANYBODY =
            new CountedLease(null, Validity.UNLIMITED, ConnectionQuota.none(), ConnectionQuota.none());

    /** For a client that brought nothing, and needs nothing. */
    static CountedLease anonymous(Place atAddress) {
        return atAddress == ConnectionQuota.none()
                ? ANYBODY
                : new CountedLease(null, Validity.UNLIMITED, atAddress, ConnectionQuota.none());
    }

    @Override
    public @Nullable CloseStatus ending(long now) {
        return validity.ending(now);
    }

    @Override
    public boolean provisional() {
        return validity instanceof Validity.Probation;
    }

    @Override
    public void release() {
        try {
            atAddress.leave();
        } finally {
            ofPrincipal.leave();
        }
    }
}
