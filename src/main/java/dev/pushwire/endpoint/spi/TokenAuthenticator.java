package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Session;
import java.security.Principal;
import java.time.Instant;

/**
 * Checks the tokens that peers send in messages: the first token of a connection that came without one, and later
 * tokens that replace one about to expire. It is for endpoints with {@link EndpointMapping#authenticatesLate}, which
 * inject it as a bean. Thread-safe.
 */
public interface TokenAuthenticator {
    /**
     * Checks a token. If it is valid, its user becomes the session's {@link Session#principal}. The method may block to
     * fetch keys, so it is not for an event loop. It must not be called twice at once for the same session.
     *
     * <p>A new token may allow less than the one before. So the endpoint checks again what it has granted, such as
     * subscriptions. If the first token of a {@link AccessLease#provisional} session is refused as invalid, the
     * endpoint says so and closes with {@link AccessStatus#BAD_TOKEN}, so that no peer can guess tokens.
     *
     * @param token as the peer sent it, of any length
     */
    Outcome authenticate(Session session, String token);

    /** The result of a check. */
    sealed interface Outcome {
        /**
         * The session now belongs to this principal.
         *
         * @param expiresAt when the connection ends unless another token comes first
         */
        record Authenticated(Principal principal, Instant expiresAt) implements Outcome {}

        /**
         * The token was refused, and nothing has changed.
         *
         * @param reason a sentence for the person who wrote the client; it repeats nothing of the token
         */
        record Refused(Refusal refusal, String reason) implements Outcome {}
    }

    /** The reason why a token was refused. */
    enum Refusal {
        /** This service does not accept the token, now or ever. */
        INVALID,
        /** The token belongs to another user than the connection. */
        OTHER_PRINCIPAL,
        /** The user has as many connections as are allowed. */
        TOO_MANY_CONNECTIONS,
        /** The token could not be checked now. */
        UNAVAILABLE
    }
}
