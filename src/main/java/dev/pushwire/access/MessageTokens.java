package dev.pushwire.access;

import dev.pushwire.endpoint.AccessStatus;
import dev.pushwire.endpoint.Grant;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.TokenAuthenticator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Takes tokens that come in messages. Each is checked on a virtual thread, and one of a connection at a time, so that nobody
 * can heap up work.
 */
public final class MessageTokens implements TokenAuthenticator {
    private final Bearers bearers;
    private final Set<Session> checking = ConcurrentHashMap.newKeySet();

    public MessageTokens(Bearers bearers) {
        this.bearers = bearers;
    }

    @Override
    public void authenticate(Session session, String token, Consumer<Outcome> done) {
        if (!checking.add(session)) {
            done.accept(new Outcome.Refused(Refusal.UNAVAILABLE, "Another token of this connection is being checked."));
            return;
        }
        Thread.ofVirtual().name("pushwire-token-" + session.id()).start(() -> {
            Outcome outcome;
            try {
                outcome = take(session, token);
            } finally {
                checking.remove(session);
            }
            session.execute(() -> tell(session, outcome, done));
        });
    }

    private Outcome take(Session session, String token) {
        if (!(session.grant() instanceof AccessGrant former)) {
            return new Outcome.Refused(Refusal.UNAVAILABLE, "This connection takes no tokens.");
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

    /** Who has to show a token has one try: guessing is not what the time is for. */
    private static void tell(Session session, Outcome outcome, Consumer<Outcome> done) {
        done.accept(outcome);
        if (outcome instanceof Outcome.Refused(Refusal refusal, String _)
                && refusal == Refusal.INVALID
                && isOnProbation(session.grant())) {
            session.close(AccessStatus.UNAUTHENTICATED);
        }
    }

    private static boolean isOnProbation(Grant grant) {
        return grant instanceof AccessGrant access && access.term() instanceof Term.Probation;
    }
}
