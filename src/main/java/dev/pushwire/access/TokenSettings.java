package dev.pushwire.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings for which tokens are accepted.
 *
 * @param key the key that signs them; null if no tokens are accepted
 * @param issuer what their {@code iss} must be; null for any
 * @param audience what their {@code aud} must contain; null for any
 * @param topicsClaim the claim that lists topics
 * @param clockSkew how far the issuer's clock may be ahead of this one
 */
public record TokenSettings(
        @Nullable TokenKey key,
        @Nullable String issuer,
        @Nullable String audience,
        String topicsClaim,
        Duration clockSkew) {}
