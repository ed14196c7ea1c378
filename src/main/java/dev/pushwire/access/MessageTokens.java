package dev.pushwire.access;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.TokenAuthenticator;
import java.util.Objects;

/** Puts a new grant in the place of a connection's former one when its client shows a good token. */
public final class MessageTokens implements TokenAuthenticator {
    private final Bearers bearers;

    public MessageTokens(Bearers bearers) {
        this.bearers = bearers;
    }

    @Override
    public Outcome authenticate(Session session, String token) {
        if (!(session.grant() instanceof AccessGrant former)) {
            return new Outcome.Refused(Refusal.UNAVAILABLE, "This connection is over.");
        }
        try {
            AccessGrant next = bearers.renewed(former, token);
            TokenPrincipal principal = (TokenPrincipal) Objects.requireNonNull(next.principal());
            if (!session.replaceGrant(former, next) && next.ofPrincipal() != former.ofPrincipal()) {
                next.ofPrincipal().leave(); // the connection has ended meanwhile, and released the former grant
            }
            return new Outcome.Authenticated(principal, principal.expiresAt());
        } catch (TokenRefusedException e) {
            return new Outcome.Refused(e.refusal(), e.reason());
        }
    }
}
