package dev.pushwire.push;

import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A client has shown a good token.
 *
 * @param expiresAt when the client's time is over unless there is another token before
 * @param expiresIn how long that is from now, by this service's clock
 * @param ended the subscriptions that the token does not allow, which have ended
 */
public record Authenticated(Principal principal, Instant expiresAt, Duration expiresIn, List<TopicPattern> ended) {
    public Authenticated {
        ended = List.copyOf(ended);
    }
}
