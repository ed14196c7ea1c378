package dev.pushwire.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Makes decoders of tokens. A decoder checks the signature, with the algorithms of its kind of key and no others, and
 * then the {@linkplain TokenRules rules}.
 */
final class JwtDecoders {
    /** The claim in which a decoded token has its {@code iat}, as an {@code Instant}, if it has one. */
    static final String ISSUED_AT = "iat, as sent";

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

    /** @param rules the rules for the claims */
    static JwtDecoder of(TokenKey key, OAuth2TokenValidator<Jwt> rules) {
        NimbusJwtDecoder decoder = switch (key) {
            case TokenKey.Shared(var secrets) ->
                NimbusJwtDecoder.withSecretKey(hmac(secrets.current().getFirst()))
                        .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(anyOf(secrets)))
                        .build();
            case TokenKey.Published published ->
                NimbusJwtDecoder.withJwkSource(new PublishedKeys(published))
                        .jwsAlgorithms(known -> known.addAll(PUBLIC_KEY_ALGORITHMS))
                        .build();
        };
        decoder.setJwtValidator(rules);
        decoder.setClaimSetConverter(new IssuedAtApart());
        return decoder;
    }

    /** Each secret that is valid now is tried, whatever key id a token names, since secrets have no key ids. */
    private static JWSKeySelector<SecurityContext> anyOf(Secrets secrets) {
        return (header, context) -> JWSAlgorithm.HS256.equals(header.getAlgorithm())
                ? secrets.current().stream().map(JwtDecoders::hmac).toList()
                : List.of();
    }

    private static SecretKeySpec hmac(byte[] secret) {
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * Hides {@code iat} from Spring. Spring makes one up for a token without it, and fails without a clear reason if a
     * token expired before it was issued.
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
