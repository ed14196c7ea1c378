package dev.pushwire.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads the claims of a token. */
final class TokenClaims {
    private static final String SUBSCRIBE = "sub";
    private static final String PUBLISH = "pub";
    private static final String AUTO = "auto";

    /** How many topics the server subscribes a client to by itself. The client can subscribe to more. */
    private static final int MOST_AUTO = 100;

    private final TokenSettings settings;

    TokenClaims(TokenSettings settings) {
        this.settings = settings;
    }

    /**
     * The principal of a token that fulfils all {@linkplain TokenRules rules}.
     *
     * @throws TokenRefusedException if the list of topics is malformed
     */
    TokenPrincipal read(Jwt token) throws TokenRefusedException {
        Map<?, ?> topics = topics(token.getClaims().get(settings.topicsClaim()));
        TopicPatterns auto = patterns(topics.get(AUTO));
        if (auto.patterns().size() > MOST_AUTO) {
            throw TokenRefusedException.invalid("The token's '" + settings.topicsClaim() + "' claim has more than "
                    + MOST_AUTO + " topics in its list 'auto'.");
        }
        return new TokenPrincipal(
                subject(token),
                patterns(topics.get(SUBSCRIBE)).and(auto),
                auto,
                patterns(topics.get(PUBLISH)),
                scopes(token.getClaims()),
                id(token),
                token.getClaimAsInstant(JwtDecoders.ISSUED_AT),
                Objects.requireNonNull(token.getExpiresAt()));
    }

    /** The subject of the token; empty if it has none. */
    static String subject(Jwt token) {
        return token.getClaims().get("sub") instanceof String text ? text : "";
    }

    /** The id of the token; null for none. */
    static @Nullable String id(Jwt token) {
        return token.getClaims().get("jti") instanceof String text ? text : null;
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

    /**
     * The scopes of the token. RFC 8693, section 4.2: a string with spaces between them. Some issuers send a list, or
     * call the claim scp.
     */
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
