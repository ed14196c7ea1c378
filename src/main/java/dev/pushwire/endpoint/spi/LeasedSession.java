package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Session;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A session with the lease that its peer was admitted with. Every session of this service is one. */
public interface LeasedSession extends Session {
    /**
     * Casts a session to this type.
     *
     * @throws IllegalArgumentException if this service did not make the session
     */
    static LeasedSession of(Session session) {
        if (session instanceof LeasedSession leased) {
            return leased;
        }
        throw new IllegalArgumentException("Not a session of this service: " + session);
    }

    @Override
    default @Nullable Principal principal() {
        return lease().principal();
    }

    /** The lease that the peer was admitted with, or the one that has replaced it. */
    AccessLease lease();

    /**
     * Replaces the session's lease. The new lease keeps the places that the old one had taken, or the caller gives them
     * up: only the last lease of a session is released.
     *
     * @return false if the session has another lease than {@code present}, or has ended; nothing has changed then
     */
    boolean replaceLease(AccessLease present, AccessLease next);
}
