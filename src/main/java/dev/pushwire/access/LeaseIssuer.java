package dev.pushwire.access;

import dev.pushwire.access.ConnectionQuota.Place;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Turns tokens into leases, and counts the connections of each principal. Thread-safe. */
public final class LeaseIssuer {
    static final String TOO_MANY = "There are as many connections of this principal as this server allows.";

    private final TokenVerifier verifier;
    private final Revocations revocations;
    private final ConnectionQuota principals;
    private final LimitListener limits;
    private final InstantSource clock;

    /** @param most how many connections one principal may have at a time; 0 for any number */
    public LeaseIssuer(
            TokenVerifier verifier, Revocations revocations, int most, LimitListener limits, InstantSource clock) {
        this.verifier = verifier;
        this.revocations = revocations;
        this.principals = new ConnectionQuota(most);
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes a place for one more connection of a principal; null if there are too many. */
    @Nullable
    Place place(String principal) {
        Place place = principals.take(principal);
        if (place == null) {
            limits.exceeded(Limit.CONNECTIONS_PER_PRINCIPAL);
        }
        return place;
    }

    /** The lease of a client that connects from this address with this token. */
    CountedLease lease(String token, Place address) throws TokenRefusedException {
        int version = revocations.version(); // read before the token is looked up
        TokenPrincipal principal = verifier.verify(token);
        return new CountedLease(principal, validity(principal, version), address, ownPlace(principal));
    }

    /**
     * The lease that replaces another when the client shows a new token.
     *
     * @return the lease; it keeps the address's place of the former one. The principal's place is new unless the
     *     principal is the same
     */
    CountedLease renewed(CountedLease former, String token) throws TokenRefusedException {
        int version = revocations.version();
        TokenPrincipal principal = verifier.verify(token);
        if (former.principal() == null) {
            return new CountedLease(principal, validity(principal, version), former.atAddress(), ownPlace(principal));
        }
        if (!former.principal().getName().equals(principal.name())) {
            throw new TokenRefusedException(
                    Refusal.OTHER_PRINCIPAL, "The token belongs to another principal than this connection.");
        }
        return new CountedLease(principal, validity(principal, version), former.atAddress(), former.ofPrincipal());
    }

    private Place ownPlace(TokenPrincipal principal) throws TokenRefusedException {
        Place place = place(principal.name());
        if (place == null) {
            throw new TokenRefusedException(Refusal.TOO_MANY_CONNECTIONS, TOO_MANY);
        }
        return place;
    }

    private Validity validity(TokenPrincipal principal, int version) {
        return new Validity.OfToken(principal, revocations, version, clock);
    }
}
