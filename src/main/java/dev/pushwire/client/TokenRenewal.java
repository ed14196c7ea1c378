package dev.pushwire.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** Computes when a client has to present a new token. */
final class TokenRenewal {
    /** How long before a token expires the client presents the next one. */
    private static final Duration EARLY = Duration.ofSeconds(30);

    /** The shortest wait after a token that could not be had, or was refused. The longest is twice that. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private TokenRenewal() {}

    /** The wait until the client tries again to renew its token. */
    static Duration again() {
        return AGAIN.plusMillis(ThreadLocalRandom.current().nextLong(AGAIN.toMillis()));
    }

    /**
     * The wait until the client presents its next token. The service's clock counts, since the client's may be wrong. A
     * service of an earlier version sends only the time of expiry.
     *
     * @param accepted the answer to {@code authenticate}
     */
    static Duration wait(JsonNode accepted) {
        Duration left = accepted.has("expiresIn")
                ? Duration.ofSeconds(accepted.path("expiresIn").asLong())
                : Duration.between(
                        Instant.now(), Instant.parse(accepted.path("expiresAt").asString()));
        Duration early = EARLY.plusMillis(ThreadLocalRandom.current().nextLong(EARLY.toMillis() / 3));
        Duration wait = left.minus(early);
        return wait.isNegative() ? left.dividedBy(2) : wait;
    }
}
