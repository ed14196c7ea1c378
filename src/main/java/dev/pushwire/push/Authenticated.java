package dev.pushwire.push;

import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The result of a valid token.
 *
 * @param expiresAt when the connection ends unless another token comes first
 * @param expiresIn the time until then, by this service's clock
 * @param ended the subscriptions that have ended because the token does not allow them
 */
public record Authenticated(Principal principal, Instant expiresAt, Duration expiresIn, List<TopicPattern> ended) {
    public Authenticated {
        ended = List.copyOf(ended);
    }
}
