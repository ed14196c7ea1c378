package dev.pushwire.access;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The key that signs tokens. */
public sealed interface TokenKey {
    /**
     * HS256. A token that is signed with any of the secrets is valid.
     *
     * @param secrets the secrets, whose bytes are the keys
     */
    record Shared(Secrets secrets) implements TokenKey {
        /** The least size of an HS256 key, in bytes (RFC 7518, section 3.2). */
        public static final int MIN_BYTES = 32;

        /** The rule for a secret, as {@link Secrets} asks for it. */
        public static final Secrets.Rule RULE = new Secrets.Rule() {
            @Override
            public boolean accepts(String secret) {
                return secret.getBytes(StandardCharsets.UTF_8).length >= MIN_BYTES;
            }

            @Override
            public String sentence() {
                return "a secret for HS256 must have at least " + MIN_BYTES + " bytes (RFC 7518, section 3.2)";
            }
        };
    }

    /**
     * RS256 to RS512, PS256 to PS512 and ES256 to ES512, with published public keys.
     *
     * @param jwkSetUri the address of the public keys
     * @param tls which servers to trust there; null for those that the JVM trusts
     */
    record Published(URI jwkSetUri, @Nullable SSLContext tls) implements TokenKey {
        /** @throws IllegalArgumentException if the address is neither http nor https */
        public Published {
            String scheme = jwkSetUri.getScheme();
            if (jwkSetUri.getHost() == null || scheme == null || !scheme.matches("(?i)https?")) {
                throw new IllegalArgumentException("A JWK set is at an http or https address, not " + jwkSetUri);
            }
        }
    }
}
