package dev.pushwire.endpoint;

import java.security.Principal;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Takes the tokens that peers send in messages: the first one of a connection that came without, and later ones that take
 * the place of one about to expire. For endpoints with {@link EndpointMapping#authenticatesLate}; a bean of the
 * application. Thread-safe.
 */
public interface TokenAuthenticator {
    /**
     * Checks a token and, when it is good, makes its bearer the session's {@link Session#principal}. Returns at once:
     * checking may have to fetch keys.
     *
     * <p>A new token may allow less than the one before. What the endpoint has granted by the former one, such as
     * subscriptions, it checks again.
     *
     * @param token as the peer sent it, of any length
     * @param done called once, on the thread that runs the session's callbacks; not at all when the connection has ended
     */
    void authenticate(Session session, String token, Consumer<Outcome> done);

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
