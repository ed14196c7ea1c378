package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * What to revoke; one of the two is given.
 *
 * @param principal the user whose tokens issued up to now are revoked
 * @param token the {@code jti} of one token
 */
record Revocation(@Nullable String principal, @Nullable String token) {
    /** The rule for a revocation, in a sentence for a caller that broke it. */
    static final String EXPECTED = "A revocation is {\"principal\": \"<sub claim>\"} or {\"token\": \"<jti claim>\"},"
            + " with 1 to " + TokenPrincipal.MAX_NAME + " characters.";

    /** The revocation for the log. */
    @Override
    public String toString() {
        return principal != null ? "principal " + principal : "token " + token;
    }

    boolean isWhole() {
        return principal == null
                ? token != null && TokenPrincipal.isName(token)
                : token == null && TokenPrincipal.isName(principal);
    }
}
