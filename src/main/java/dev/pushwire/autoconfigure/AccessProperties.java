package dev.pushwire.autoconfigure;

import dev.pushwire.access.Secrets;
import dev.pushwire.access.TokenKey;
import dev.pushwire.access.TokenSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Which clients may connect.
 *
 * @param anonymous whether clients without a token may connect
 * @param cookie the name of a cookie that may carry a token; none by default
 * @param tokenTimeout how long after the handshake a client may take to send its token, if an endpoint takes it in a
 *     message and needs one; then 4401
 * @param revocationRetention how long a revocation is remembered: as long as tokens live
 * @param jwt which tokens are accepted; none by default
 */
@ConfigurationProperties("pushwire.access")
public record AccessProperties(
        @DefaultValue("true") boolean anonymous,
        @Nullable String cookie,
        @DefaultValue("10s") Duration tokenTimeout,
        @DefaultValue("30d") Duration revocationRetention,
        @DefaultValue Jwt jwt) {
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);
    private static final String COOKIE_NAME = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

    public AccessProperties {
        require(
                cookie == null || cookie.matches(COOKIE_NAME),
                "cookie",
                "the name of a cookie: letters, digits and !#$%&'*+-.^_`|~");
        require(isWithin(tokenTimeout, LONGEST_TIMEOUT), "token-timeout", "longer than 0, up to 1h");
        require(isWithin(revocationRetention, LONGEST_RETENTION), "revocation-retention", "longer than 0, up to 3650d");
        require(
                anonymous || jwt.isSet(),
                "anonymous",
                "true unless tokens are accepted: set pushwire.access.jwt.secret, pushwire.access.jwt.secret-file"
                        + " or pushwire.access.jwt.jwk-set-uri");
    }

    /**
     * JSON Web Tokens (RFC 7519).
     *
     * @param secret the secret that signs tokens (HS256), at least 32 bytes of UTF-8
     * @param secretFile a file with such secrets, one per line, all of which are valid. The service looks at it again
     *     every few seconds
     * @param jwkSetUri the address of the public keys for tokens signed with RS, PS or ES; either this or secrets
     * @param sslBundle the SSL bundle whose trust store says which server to trust at {@code jwkSetUri}; by default the
     *     servers that the JVM trusts
     * @param issuer what {@code iss} must be; any by default
     * @param audience what {@code aud} must contain; any by default
     * @param topicsClaim the claim that lists topics
     * @param clockSkew how far the issuer's clock may be ahead
     */
    public record Jwt(
            @Nullable String secret,
            @Nullable Path secretFile,
            @Nullable URI jwkSetUri,
            @Nullable String sslBundle,
            @Nullable String issuer,
            @Nullable String audience,
            @DefaultValue("pushwire") String topicsClaim,
            @DefaultValue("10s") Duration clockSkew) {
        private static final Duration LARGEST_SKEW = Duration.ofMinutes(10);

        /** Makes the key, too, and so checks it. */
        public Jwt {
            require(
                    (!StringUtils.hasLength(secret) && secretFile == null) || jwkSetUri == null,
                    "jwt.secret",
                    "empty, and jwt.secret-file unset, where jwt.jwk-set-uri is set: tokens are signed with one kind of key");
            require(StringUtils.hasText(topicsClaim), "jwt.topics-claim", "the name of a claim");
            require(clockSkew.isZero() || isWithin(clockSkew, LARGEST_SKEW), "jwt.clock-skew", "from 0 to 10m");
            require(
                    !StringUtils.hasLength(sslBundle) || jwkSetUri != null,
                    "jwt.ssl-bundle",
                    "empty unless jwt.jwk-set-uri is set: it is for fetching the keys from there");
            boolean isSet = key(secret, secretFile, jwkSetUri, null) != null;
            requireKeyFor("jwt.issuer", issuer, isSet);
            requireKeyFor("jwt.audience", audience, isSet);
        }

        /** Without a key no token is looked at, and a rule for tokens would keep nobody out. */
        private static void requireKeyFor(String property, @Nullable String rule, boolean isSet) {
            require(
                    !StringUtils.hasLength(rule) || isSet,
                    property,
                    "empty unless tokens are accepted: set pushwire.access.jwt.secret, pushwire.access.jwt.secret-file or"
                            + " pushwire.access.jwt.jwk-set-uri");
        }

        private static @Nullable TokenKey key(
                @Nullable String secret, @Nullable Path secretFile, @Nullable URI jwkSetUri, @Nullable SSLContext tls) {
            String text = StringUtils.hasLength(secret) ? secret : null;
            if (text != null || secretFile != null) {
                return new TokenKey.Shared(new Secrets("pushwire.access.jwt", text, secretFile, TokenKey.Shared.RULE));
            }
            if (jwkSetUri == null || jwkSetUri.toString().isEmpty()) {
                return null;
            }
            try {
                return new TokenKey.Published(jwkSetUri, tls);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("pushwire.access.jwt.jwk-set-uri: " + e.getMessage());
            }
        }

        /**
         * Makes the key anew each time, since it reads the file.
         *
         * @param tls the trust of the SSL bundle; null if there is none
         */
        @Nullable
        TokenKey key(@Nullable SSLContext tls) {
            return key(secret, secretFile, jwkSetUri, tls);
        }

        boolean isSet() {
            return StringUtils.hasLength(secret)
                    || secretFile != null
                    || (jwkSetUri != null && !jwkSetUri.toString().isEmpty());
        }

        TokenSettings settings(@Nullable TokenKey key) {
            return new TokenSettings(key, issuer, audience, topicsClaim, clockSkew);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Jwt[" + settings(key(null)) + "]";
        }
    }

    private static boolean isWithin(Duration time, Duration longest) {
        return time.isPositive() && time.compareTo(longest) <= 0;
    }

    private static void require(boolean holds, String property, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("pushwire.access." + property + " must be " + expected);
        }
    }
}
