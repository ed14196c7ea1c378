package dev.pushwire.access;

import dev.pushwire.access.ConnectionQuota.Place;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a client, with the places that it takes.
 *
 * @param validity how long the lease holds
 * @param atAddress the place among the connections of its address
 * @param ofPrincipal the place among the connections of its principal
 */
record CountedLease(@Nullable Principal principal, Validity validity, Place atAddress, Place ofPrincipal)
        implements AccessLease {
    /** The lease of all clients that have no token and are not counted. */
    private static final CountedLease ANYBODY =
            new CountedLease(null, Validity.UNLIMITED, ConnectionQuota.none(), ConnectionQuota.none());

    /** The lease of a client that has no token and needs none. */
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
