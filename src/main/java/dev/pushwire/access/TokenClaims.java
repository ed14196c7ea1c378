package dev.pushwire.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads what a token claims, once its signature is found good. */
final class TokenClaims {
    private static final String SUBSCRIBE = "sub";
    private static final String PUBLISH = "pub";
    private static final String AUTO = "auto";

    /** Of the topics that a client is subscribed to without asking: what is more, it can ask for. */
    private static final int MOST_AUTO = 100;

    /** No time from here on can be written as RFC 3339 has it. */
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    private final TokenSettings settings;
    private final InstantSource clock;

    TokenClaims(TokenSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws TokenRefusedException where a claim is missing, malformed, or says no */
    TokenPrincipal read(Jwt token) throws TokenRefusedException {
        Instant expiresAt = token.getExpiresAt();
        if (expiresAt == null) {
            throw TokenRefusedException.invalid("The token has no 'exp' claim: it must say when it expires.");
        }
        Instant issuedAt = token.getClaimAsInstant(JwtDecoders.ISSUED_AT);
        checkTimes(expiresAt, token.getNotBefore(), issuedAt);
        checkParties(token);
        String name = token.getClaims().get("sub") instanceof String text ? text : "";
        if (name.isBlank()) {
            throw TokenRefusedException.invalid("The token has no 'sub' claim: it must say whose it is.");
        }
        String id = token.getClaims().get("jti") instanceof String text ? text : null;
        checkNames(name, id);
        Map<?, ?> topics = topics(token.getClaims().get(settings.topicsClaim()));
        TopicPatterns auto = patterns(topics.get(AUTO));
        if (auto.patterns().size() > MOST_AUTO) {
            throw TokenRefusedException.invalid("The token's '" + settings.topicsClaim() + "' claim has more than "
                    + MOST_AUTO + " topics in its list 'auto'.");
        }
        return new TokenPrincipal(
                name,
                patterns(topics.get(SUBSCRIBE)).and(auto),
                auto,
                patterns(topics.get(PUBLISH)),
                scopes(token.getClaims()),
                id,
                issuedAt,
                expiresAt);
    }

    /** What nobody could revoke is not let in. */
    private static void checkNames(String name, @Nullable String id) throws TokenRefusedException {
        if (!TokenPrincipal.isName(name)) {
            throw TokenRefusedException.invalid(
                    "The token's 'sub' claim has more than " + TokenPrincipal.MAX_NAME + " characters.");
        }
        if (id != null && !TokenPrincipal.isName(id)) {
            throw TokenRefusedException.invalid(
                    "The token's 'jti' claim has not 1 to " + TokenPrincipal.MAX_NAME + " characters.");
        }
    }

    /** A token is over at its second; only the issuer's clock may be ahead. */
    private void checkTimes(Instant expiresAt, @Nullable Instant notBefore, @Nullable Instant issuedAt)
            throws TokenRefusedException {
        Instant now = clock.instant();
        if (!now.isBefore(expiresAt)) {
            throw TokenRefusedException.invalid("The token has expired.");
        }
        if (!expiresAt.isBefore(YEAR_10000)) {
            throw TokenRefusedException.invalid(
                    "The token's 'exp' claim is beyond the year 9999: it must be in seconds, not in milliseconds.");
        }
        Instant latest = now.plus(settings.clockSkew());
        if ((notBefore != null && notBefore.isAfter(latest)) || (issuedAt != null && issuedAt.isAfter(latest))) {
            throw TokenRefusedException.invalid("The token is not valid yet.");
        }
    }

    private void checkParties(Jwt token) throws TokenRefusedException {
        if (settings.issuer() != null
                && !settings.issuer().equals(token.getClaims().get("iss"))) {
            throw TokenRefusedException.invalid("The token is from another issuer than pushwire.access.jwt.issuer.");
        }
        List<String> audience = token.getAudience();
        if (settings.audience() != null && (audience == null || !audience.contains(settings.audience()))) {
            throw TokenRefusedException.invalid("The token is for another audience than pushwire.access.jwt.audience.");
        }
    }

    private Map<?, ?> topics(@Nullable Object claim) throws TokenRefusedException {
        return switch (claim) {
            case null -> Map.of();
            case Map<?, ?> lists -> lists;
            default -> throw malformedTopics();
        };
    }

    private TopicPatterns patterns(@Nullable Object list) throws TokenRefusedException {
        if (list == null) {
            return TopicPatterns.NONE;
        }
        if (!(list instanceof Collection<?> names) || !names.stream().allMatch(String.class::isInstance)) {
            throw malformedTopics();
        }
        try {
            return TopicPatterns.of(names.stream().map(String.class::cast).toList());
        } catch (IllegalArgumentException e) {
            throw malformedTopics();
        }
    }

    private TokenRefusedException malformedTopics() {
        return TokenRefusedException.invalid(
                "The token's '" + settings.topicsClaim()
                        + "' claim must be an object with the lists 'sub', 'pub' and 'auto' of topic patterns, such as news.* or news.>.");
    }

    /** RFC 8693, section 4.2: a string with spaces between them; some issuers send a list, or call it scp. */
    private static Set<String> scopes(Map<String, Object> claims) {
        Set<String> scopes = new HashSet<>();
        for (String name : List.of("scope", "scp")) {
            switch (claims.get(name)) {
                case String text -> scopes.addAll(List.of(text.strip().split(" +")));
                case Collection<?> list ->
                    list.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .forEach(scopes::add);
                case null, default -> {}
            }
        }
        return Set.copyOf(scopes);
    }
}
