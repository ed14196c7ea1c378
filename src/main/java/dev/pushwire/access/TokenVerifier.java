package dev.pushwire.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.pushwire.endpoint.TokenAuthenticator.Refusal;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tells whose a token is, if it is any good. Thread-safe; may block to fetch keys. */
public final class TokenVerifier {
    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);

    /** More than any issuer sends; longer ones are not looked at. */
    static final int MAX_LENGTH = 8192;

    /**
     * RFC 7515, section 7.1, in the alphabet of section 2: base64url "with all trailing '=' characters omitted" and "without the
     * inclusion of any line breaks, whitespace, or other additional characters". The library takes those, and skips them.
     */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final String NO_JWT =
            "The token is no JWT signed with a key and an algorithm that this service accepts.";

    private final @Nullable JwtDecoder decoder;
    private final TokenClaims claims;
    private final Revocations revocations;

    public TokenVerifier(TokenSettings settings, Revocations revocations, InstantSource clock) {
        this.decoder = settings.key() == null ? null : JwtDecoders.of(settings.key());
        this.claims = new TokenClaims(settings, clock);
        this.revocations = revocations;
    }

    /** Whether there is anything to check tokens with. */
    public boolean isConfigured() {
        return decoder != null;
    }

    /** @throws TokenRefusedException for a token that is not, or not now, accepted */
    public TokenPrincipal verify(String token) throws TokenRefusedException {
        if (decoder == null) {
            throw TokenRefusedException.invalid("This service takes no tokens: pushwire.access.jwt is not set.");
        }
        if (token.length() > MAX_LENGTH) {
            throw TokenRefusedException.invalid("A token has at most " + MAX_LENGTH + " characters.");
        }
        if (!COMPACT.matcher(token).matches()) {
            throw TokenRefusedException.invalid(NO_JWT);
        }
        if (!revocations.areComplete()) {
            throw new TokenRefusedException(
                    Refusal.UNAVAILABLE,
                    "The token cannot be checked now: this server does not know yet which ones were revoked.");
        }
        TokenPrincipal principal = claims.read(decode(decoder, token));
        if (revocations.isRevoked(principal)) {
            throw TokenRefusedException.invalid("The token was revoked.");
        }
        return principal;
    }

    private static Jwt decode(JwtDecoder decoder, String token) throws TokenRefusedException {
        try {
            return decoder.decode(token);
        } catch (JwtException e) {
            if (!(e.getCause() instanceof KeySourceException)) {
                log.debug("A token was refused: {}", e.getMessage());
                throw TokenRefusedException.invalid(NO_JWT);
            }
            if (!(e.getCause() instanceof RateLimitReachedException)) { // else it was said when they were fetched
                log.warn("Tokens cannot be checked: {}", e.getMessage());
            }
            throw new TokenRefusedException(
                    Refusal.UNAVAILABLE, "The token cannot be checked now: the keys of its issuer are not available.");
        }
    }
}
