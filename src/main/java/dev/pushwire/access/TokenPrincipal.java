package dev.pushwire.access;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a token speaks for, and what it allows.
 *
 * @param name the {@code sub} claim
 * @param subscribe the topics that its bearer may subscribe to
 * @param auto the topics that the server subscribes its bearer to; all of them are among {@code subscribe}
 * @param publish the topics that its bearer may publish to
 * @param scopes what else it is for, such as the HTTP API
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
    /** Of a name and of a token's id, in characters of Unicode: what a revocation can name. */
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
