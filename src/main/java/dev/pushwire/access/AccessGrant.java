package dev.pushwire.access;

import dev.pushwire.access.Places.Place;
import dev.pushwire.endpoint.Grant;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a client was let in with.
 *
 * @param term how long it holds
 * @param atAddress the place it has among the connections of its address
 * @param ofPrincipal the place it has among the connections of its principal
 */
record AccessGrant(@Nullable Principal principal, Term term, Place atAddress, Place ofPrincipal) implements Grant {
    /** What all share of whom nothing is asked or counted. */
    private static final AccessGrant ANYBODY = new AccessGrant(null, Term.UNLIMITED, Places.none(), Places.none());

    /** For a client that brought nothing, and needs nothing. */
    static AccessGrant anonymous(Place atAddress) {
        return atAddress == Places.none() ? ANYBODY : new AccessGrant(null, Term.UNLIMITED, atAddress, Places.none());
    }

    @Override
    public @Nullable CloseStatus ending(long now) {
        return term.ending(now);
    }

    @Override
    public boolean provisional() {
        return term instanceof Term.Probation;
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
