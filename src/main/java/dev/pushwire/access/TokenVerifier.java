package dev.pushwire.access;

import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks tokens and finds their users. Thread-safe; may block to fetch keys. */
public final class TokenVerifier {
    /** The most characters of a token. It is more than any issuer sends, and a longer token is not read. */
    static final int MAX_LENGTH = 8192;

    /**
     * RFC 7515, section 7.1, in the alphabet of section 2: base64url "with all trailing '=' characters omitted" and
     * "without the inclusion of any line breaks, whitespace, or other additional characters". The library accepts such
     * characters, and skips them.
     */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    static final String NO_JWT = "The token is not a JWT signed with a key and an algorithm that this service accepts.";

    private final @Nullable JwtReader reader;
    private final Revocations revocations;

    public TokenVerifier(TokenSettings settings, Revocations revocations, InstantSource clock) {
        this.reader = settings.key() == null ? null : new JwtReader(settings.key(), settings, clock);
        this.revocations = revocations;
    }

    /** Whether the service checks tokens. */
    public boolean isConfigured() {
        return reader != null;
    }

    /** @throws TokenRefusedException if the token is not accepted, or cannot be checked now */
    public TokenPrincipal verify(String token) throws TokenRefusedException {
        if (reader == null) {
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
        TokenPrincipal principal = reader.read(token);
        if (revocations.isRevoked(principal)) {
            throw TokenRefusedException.invalid("The token was revoked.");
        }
        return principal;
    }
}
