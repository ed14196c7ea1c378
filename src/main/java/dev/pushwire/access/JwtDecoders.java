package dev.pushwire.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimNames;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Decoders that check a token's signature, with the algorithms of its kind of key and no others. What the claims must say is
 * {@link TokenClaims}' business, where each answer has its own sentence.
 */
final class JwtDecoders {
    /** Where a decoded token has its {@code iat}, as an {@code Instant}, if it has one. */
    static final String ISSUED_AT = "iat, as sent";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    /** A set of hundreds of keys; a server that sends more is no key server. */
    private static final int MAX_SET_BYTES = 256 * 1024;
    /** How long a key that was withdrawn may still be used. */
    private static final Duration CACHE_TIME = Duration.ofMinutes(5);
    /** How long a handshake waits for one that is fetching already. */
    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(5);
    /** Anybody can send a token with a made-up key id: the keys are fetched for it at most twice in this time. */
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
    /** How long the keys known last are used when they cannot be fetched any more. */
    private static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);

    private static final List<SignatureAlgorithm> PUBLIC_KEY_ALGORITHMS = List.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384,
            SignatureAlgorithm.ES512);

    private JwtDecoders() {}

    static JwtDecoder of(TokenKey key) {
        NimbusJwtDecoder decoder = switch (key) {
            case TokenKey.Secret secret ->
                NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret.bytes(), "HmacSHA256"))
                        .macAlgorithm(MacAlgorithm.HS256)
                        .build();
            case TokenKey.Published published ->
                NimbusJwtDecoder.withJwkSource(keys(published.jwkSetUri()))
                        .jwsAlgorithms(known -> known.addAll(PUBLIC_KEY_ALGORITHMS))
                        .build();
        };
        decoder.setJwtValidator(jwt -> OAuth2TokenValidatorResult.success());
        decoder.setClaimSetConverter(new IssuedAtApart());
        return decoder;
    }

    private static JWKSource<SecurityContext> keys(URI uri) {
        try {
            DefaultResourceRetriever retriever = new DefaultResourceRetriever(
                    (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MAX_SET_BYTES);
            return JWKSourceBuilder.<SecurityContext>create(uri.toURL(), retriever)
                    .cache(CACHE_TIME.toMillis(), FETCH_PATIENCE.toMillis())
                    .rateLimited(FETCH_INTERVAL.toMillis())
                    .refreshAheadCache(false)
                    .outageTolerant(OUTAGE_TOLERANCE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("No address of a JWK set: " + uri, e);
        }
    }

    /**
     * Spring makes up an {@code iat} for a token that has none, and has no word for one that expired before it was issued. So
     * it gets to see none.
     */
    private static final class IssuedAtApart implements Converter<Map<String, Object>, Map<String, Object>> {
        private final MappedJwtClaimSetConverter converter = MappedJwtClaimSetConverter.withDefaults(Map.of());

        @Override
        public Map<String, Object> convert(Map<String, Object> claims) {
            Map<String, Object> converted = new HashMap<>(converter.convert(claims));
            Object issuedAt = converted.remove(JWTClaimNames.ISSUED_AT);
            if (claims.containsKey(JWTClaimNames.ISSUED_AT)) {
                converted.put(ISSUED_AT, issuedAt);
            }
            return converted;
        }
    }
}
