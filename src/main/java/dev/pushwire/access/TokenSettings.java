package dev.pushwire.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are accepted.
 *
 * @param key what they are signed with; null where no tokens are accepted
 * @param issuer what their {@code iss} must be; null for any
 * @param audience what must be among their {@code aud}; null for any
 * @param topicsClaim the claim that lists topics
 * @param clockSkew how far the issuer's clock may be ahead of ours
 */
public record TokenSettings(
        @Nullable TokenKey key,
        @Nullable String issuer,
        @Nullable String audience,
        String topicsClaim,
        Duration clockSkew) {}
