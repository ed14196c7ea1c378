package dev.pushwire.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Checks a token's signature and reads its claims. It is apart from {@link TokenVerifier}, since an application that
 * takes no tokens need not have the library that reads them.
 */
final class JwtReader {
    private static final Logger log = LoggerFactory.getLogger(JwtReader.class);

    private final JwtDecoder decoder;
    private final TokenClaims claims;

    JwtReader(TokenKey key, TokenSettings settings, InstantSource clock) {
        this.decoder = JwtDecoders.of(key, TokenRules.of(settings, clock));
        this.claims = new TokenClaims(settings);
    }

    /** @throws TokenRefusedException if the token is not accepted, or cannot be checked now */
    TokenPrincipal read(String token) throws TokenRefusedException {
        return claims.read(decode(token));
    }

    private Jwt decode(String token) throws TokenRefusedException {
        try {
            return decoder.decode(token);
        } catch (JwtValidationException e) {
            OAuth2Error first = e.getErrors().iterator().next();
            throw TokenRefusedException.invalid(String.valueOf(first.getDescription()));
        } catch (JwtException e) {
            if (!(e.getCause() instanceof KeySourceException)) {
                log.debug("A token was refused: {}", e.getMessage());
                throw TokenRefusedException.invalid(TokenVerifier.NO_JWT);
            }
            if (!(e.getCause() instanceof RateLimitReachedException)) { // else the failed fetch was logged
                log.warn("Tokens cannot be checked: {}", e.getMessage());
            }
            throw new TokenRefusedException(
                    Refusal.UNAVAILABLE, "The token cannot be checked now: the keys of its issuer are not available.");
        }
    }
}
