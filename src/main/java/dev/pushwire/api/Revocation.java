package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * What to take off; one of the two.
 *
 * @param principal whose tokens that were issued up to now
 * @param token the {@code jti} of one token
 */
record Revocation(@Nullable String principal, @Nullable String token) {
    /** What one looks like, in a sentence for a caller that sent something else. */
    static final String EXPECTED = "A revocation is {\"principal\": \"<sub claim>\"} or {\"token\": \"<jti claim>\"},"
            + " with 1 to " + TokenPrincipal.MAX_NAME + " characters.";

    /** As the log has it. */
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
