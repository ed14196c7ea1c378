package dev.pushwire.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** When a client has to present a new token. */
final class TokenRenewal {
    /** Before a token expires. */
    private static final Duration EARLY = Duration.ofSeconds(30);

    private TokenRenewal() {}

    /**
     * By the service's clock, which may differ from this one. A service of an earlier version says no more than the time.
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
