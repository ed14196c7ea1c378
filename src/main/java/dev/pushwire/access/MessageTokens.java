package dev.pushwire.access;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import java.util.Objects;

/** Replaces the lease of a connection when its client shows a valid token. */
public final class MessageTokens implements TokenAuthenticator {
    private final LeaseIssuer issuer;

    public MessageTokens(LeaseIssuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public Outcome authenticate(Session session, String token) {
        LeasedSession leased = LeasedSession.of(session);
        if (!(leased.lease() instanceof CountedLease former)) {
            return new Outcome.Refused(Refusal.UNAVAILABLE, "This connection is over.");
        }
        try {
            CountedLease next = issuer.renewed(former, token);
            TokenPrincipal principal = (TokenPrincipal) Objects.requireNonNull(next.principal());
            if (!leased.replaceLease(former, next) && next.ofPrincipal() != former.ofPrincipal()) {
                next.ofPrincipal().leave(); // the connection has ended meanwhile, and released the former lease
            }
            return new Outcome.Authenticated(principal, principal.expiresAt());
        } catch (TokenRefusedException e) {
            return new Outcome.Refused(e.refusal(), e.reason());
        }
    }
}
