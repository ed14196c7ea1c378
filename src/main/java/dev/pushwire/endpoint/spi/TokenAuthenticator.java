package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Session;
import java.security.Principal;
import java.time.Instant;

/**
 * Takes the tokens that peers send in messages: the first one of a connection that came without, and later ones that take
 * the place of one about to expire. For endpoints with {@link EndpointMapping#authenticatesLate}; a bean of the
 * application. Thread-safe.
 */
public interface TokenAuthenticator {
    /**
     * Checks a token and, when it is good, makes its bearer the session's {@link Session#principal}. May block to fetch keys:
     * not for an event loop. Not to be called twice at once for the same session.
     *
     * <p>A new token may allow less than the one before. What the endpoint has granted by the former one, such as
     * subscriptions, it checks again. Where the first token of a {@link AccessLease#provisional} session is refused as invalid, the
     * endpoint says so and closes with {@link AccessStatus#BAD_TOKEN}: the time is not there for guessing.
     *
     * @param token as the peer sent it, of any length
     */
    Outcome authenticate(Session session, String token);

    /** What became of a token. */
    sealed interface Outcome {
        /**
         * The session is this principal's.
         *
         * @param expiresAt when the connection ends unless there is another token before
         */
        record Authenticated(Principal principal, Instant expiresAt) implements Outcome {}

        /**
         * All is as it was.
         *
         * @param reason a sentence for the person who wrote the client; nothing of the token is repeated in it
         */
        record Refused(Refusal refusal, String reason) implements Outcome {}
    }

    /** Why a token was not taken. */
    enum Refusal {
        /** It is none that this service accepts, now or ever. */
        INVALID,
        /** It is somebody else's than the connection. */
        OTHER_PRINCIPAL,
        /** Its bearer has as many connections as are allowed. */
        TOO_MANY_CONNECTIONS,
        /** It could not be checked now. */
        UNAVAILABLE
    }
}
