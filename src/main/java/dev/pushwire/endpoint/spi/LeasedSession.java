package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Session;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A session with what its peer was let in with; every session of this service is one. */
public interface LeasedSession extends Session {
    /**
     * A session, as our own rooms see it.
     *
     * @throws IllegalArgumentException for a session that this service did not make
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

    /** What the peer was let in with. */
    AccessLease lease();

    /**
     * Puts another lease in the place of the one that the session has. What the former one had taken, the next one has or
     * the caller gives up; only the last one is released.
     *
     * @return false, and nothing has changed, when the session has another lease than {@code present} or has ended
     */
    boolean replaceLease(AccessLease present, AccessLease next);
}
