package dev.pushwire.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The rules for the claims of a token, once its signature is found valid. Each rule refuses with a sentence for the
 * person who wrote the client. If a claim is missing, only one rule says so.
 */
final class TokenRules {
    /** RFC 3339 cannot write this time, nor any later one. */
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    private TokenRules() {}

    /** All rules. If a token breaks several, the first is reported. */
    static OAuth2TokenValidator<Jwt> of(TokenSettings settings, InstantSource clock) {
        return new DelegatingOAuth2TokenValidator<>(List.of(
                rule(
                        token -> token.getExpiresAt() != null,
                        "The token has no 'exp' claim: it must say when it expires."),
                rule(token -> isAfter(token.getExpiresAt(), clock.instant()), "The token has expired."),
                rule(
                        token -> !isAfter(token.getExpiresAt(), YEAR_10000.minusNanos(1)),
                        "The token's 'exp' claim is beyond the year 9999: it must be in seconds, not in milliseconds."),
                rule(
                        token -> isValidAt(token, clock.instant().plus(settings.clockSkew())),
                        "The token is not valid yet."),
                rule(
                        token -> settings.issuer() == null
                                || settings.issuer().equals(token.getClaims().get("iss")),
                        "The token is from another issuer than pushwire.access.jwt.issuer."),
                rule(
                        token -> settings.audience() == null || isFor(token, settings.audience()),
                        "The token is for another audience than pushwire.access.jwt.audience."),
                rule(
                        token -> !TokenClaims.subject(token).isBlank(),
                        "The token has no 'sub' claim: it must say whose it is."),
                rule(
                        token -> TokenPrincipal.isName(TokenClaims.subject(token)),
                        "The token's 'sub' claim has more than " + TokenPrincipal.MAX_NAME + " characters."),
                rule(
                        TokenRules::canBeRevokedAlone,
                        "The token's 'jti' claim has not 1 to " + TokenPrincipal.MAX_NAME + " characters.")));
    }

    private static OAuth2TokenValidator<Jwt> rule(Predicate<Jwt> holds, String sentence) {
        OAuth2TokenValidatorResult refusal =
                OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, sentence, null));
        return token -> holds.test(token) ? OAuth2TokenValidatorResult.success() : refusal;
    }

    private static boolean isAfter(@Nullable Instant time, Instant other) {
        return time != null && time.isAfter(other);
    }

    /** Whether a token is valid already. The issuer's clock may be ahead. */
    private static boolean isValidAt(Jwt token, Instant latest) {
        return !isAfter(token.getNotBefore(), latest)
                && !isAfter(token.getClaimAsInstant(JwtDecoders.ISSUED_AT), latest);
    }

    private static boolean isFor(Jwt token, String audience) {
        List<String> named = token.getAudience();
        return named != null && named.contains(audience);
    }

    /** A token that could not be revoked is not admitted. */
    private static boolean canBeRevokedAlone(Jwt token) {
        String id = TokenClaims.id(token);
        return id == null || TokenPrincipal.isName(id);
    }
}
