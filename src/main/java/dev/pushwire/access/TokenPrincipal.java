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
 * @param publish the topics that its bearer may publish to
 * @param scopes what else it is for, such as the HTTP API
 * @param tokenId the {@code jti} claim; null for none
 * @param issuedAt the {@code iat} claim; null for none
 * @param expiresAt the {@code exp} claim
 */
public record TokenPrincipal(
        String name,
        TopicPatterns subscribe,
        TopicPatterns publish,
        Set<String> scopes,
        @Nullable String tokenId,
        @Nullable Instant issuedAt,
        Instant expiresAt)
        implements Principal {
    /** Of a principal's or a token's name, in characters (Unicode code points). */
    public static final int MAX_NAME_LENGTH = 1024;

    /** Whether this can be the name of a principal or a token: what cannot be named could not be revoked. */
    public static boolean isName(String text) {
        return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_NAME_LENGTH;
    }

    @Override
    public String getName() {
        return name;
    }
}
