package dev.pushwire.access;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user of a token, with the rights that the token gives. Immutable.
 *
 * @param name the {@code sub} claim
 * @param subscribe the topics that its user may subscribe to
 * @param auto the topics that the server subscribes its user to; all of them are among {@code subscribe}
 * @param publish the topics that its user may publish to
 * @param scopes other rights, such as those of the HTTP API
 * @param tokenId the {@code jti} claim; null for none
 * @param issuedAt the {@code iat} claim; null for none
 * @param expiresAt the {@code exp} claim
 */
public record TokenPrincipal(
        String name,
        TopicPatterns subscribe,
        TopicPatterns auto,
        TopicPatterns publish,
        Set<String> scopes,
        @Nullable String tokenId,
        @Nullable Instant issuedAt,
        Instant expiresAt)
        implements Principal {
    /**
     * The most characters of a name and of a token's id, in Unicode code points, so that a revocation can name them.
     */
    public static final int MAX_NAME = 1024;

    /** Whether a revocation can name this. */
    public static boolean isName(String text) {
        return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_NAME;
    }

    @Override
    public String getName() {
        return name;
    }
}
