package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.PlainJWT;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens signed with a secret; the tests give the time by moving the claims. */
class TokenVerifierTest {
    private static final Tokens ADA = Tokens.of("ada");

    private final Revocations revocations = Tokens.noneRevoked();
    private final TokenVerifier verifier = verifier(null, null);

    private TokenVerifier verifier(String issuer, String audience) {
        TokenSettings settings =
                new TokenSettings(Tokens.key(Tokens.SECRET), issuer, audience, "pushwire", Duration.ofSeconds(10));
        return new TokenVerifier(settings, revocations, InstantSource.system());
    }

    private static void assertRefused(TokenVerifier verifier, String token, String about) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
        assertThat(refused).as("the refusal of %s", token).isNotNull();
        assertThat(refused.refusal()).isEqualTo(Refusal.INVALID);
        assertThat(refused.reason()).contains(about).endsWith(".");
    }

    private void assertRefused(String token, String about) {
        assertRefused(verifier, token, about);
    }

    @Test
    void millisecondsAreNoSeconds() throws TokenRefusedException {
        Instant last = Instant.parse("9999-12-31T23:59:59Z");
        assertThat(verifier.verify(ADA.expiring(last).signed()).expiresAt()).isEqualTo(last);
        assertRefused(ADA.expiring(last.plusSeconds(1)).signed(), "beyond the year 9999");
        assertRefused(
                ADA.expiring(Instant.ofEpochSecond(Instant.now().toEpochMilli()))
                        .signed(),
                "beyond the year 9999");
    }

    @Test
    void aGoodTokenSaysWhoItsBearerIsAndWhatItMayDo() throws TokenRefusedException {
        Instant soon = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);
        TokenPrincipal principal = verifier.verify(ADA.expiring(soon)
                .with("pushwire", Map.of("sub", List.of("news.*", "user.ada.>"), "pub", List.of("chat")))
                .with("scope", "pushwire:read other")
                .with("jti", "number-7")
                .signed());
        assertThat(principal.getName()).isEqualTo("ada");
        assertThat(principal.subscribe().patterns())
                .containsExactly(new TopicPattern("news.*"), new TopicPattern("user.ada.>"));
        assertThat(principal.publish().patterns()).containsExactly(new TopicPattern("chat"));
        assertThat(principal.scopes()).containsExactlyInAnyOrder("pushwire:read", "other");
        assertThat(principal.tokenId()).isEqualTo("number-7");
        assertThat(principal.expiresAt()).isEqualTo(soon);
    }

    @Test
    void aTokenNeedSayNoMoreThanWhoAndUntilWhen() throws TokenRefusedException {
        TokenPrincipal principal = verifier.verify(ADA.with("iat", null).signed());
        assertThat(principal.subscribe().patterns()).isEmpty();
        assertThat(principal.publish().patterns()).isEmpty();
        assertThat(principal.scopes()).isEmpty();
        assertThat(principal.issuedAt()).isNull();
        assertThat(principal.tokenId()).isNull();
    }

    @Test
    void scopesMayBeAListToo() throws TokenRefusedException {
        assertThat(verifier.verify(ADA.with("scp", List.of("a", "b")).signed()).scopes())
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anAccessTokenOfOAuthIsAToken() throws TokenRefusedException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .build();
        assertThat(verifier.verify(ADA.signed(header, Tokens.SECRET)).getName()).isEqualTo("ada");
    }

    @Test
    void anotherSecretIsRefused() {
        assertRefused(ADA.signed("another-secret-that-has-32-bytes-too"), "signed");
    }

    @Test
    void aSignatureOrClaimsThatWereChangedAreRefused() {
        String token = ADA.signed();
        String[] parts = token.split("\\.");
        String other = Tokens.of("eve").signed().split("\\.")[1];
        assertRefused(parts[0] + "." + other + "." + parts[2], "signed");
        char last = token.charAt(token.length() - 2);
        assertRefused(
                token.substring(0, token.length() - 2) + (last == 'A' ? 'B' : 'A') + token.charAt(token.length() - 1),
                "signed");
        assertRefused(parts[0] + "." + parts[1] + ".", "signed");
        assertRefused(parts[0] + "." + parts[1], "signed");
    }

    @Test
    void noAlgorithmOrAnotherOneIsRefused() {
        String claims = ADA.signed().split("\\.")[1];
        for (String algorithm : List.of("none", "None", "HS384", "RS256", "ES256")) {
            String header = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("{\"alg\":\"" + algorithm + "\"}").getBytes(StandardCharsets.UTF_8));
            assertRefused(header + "." + claims + ".", "signed");
            assertRefused(header + "." + claims + "." + ADA.signed().split("\\.")[2], "signed");
        }
        assertRefused(ADA.signed(new JWSHeader(JWSAlgorithm.HS512), Tokens.SECRET + Tokens.SECRET), "signed");
        assertRefused(
                new PlainJWT(new com.nimbusds.jwt.JWTClaimsSet.Builder()
                                .subject("ada")
                                .build())
                        .serialize(),
                "signed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a.b.c", "e30.e30.e30", "Ünïcode", "{}", "a.b.c.d.e"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused(text, "not a JWT");
    }

    @Test
    void aHugeOneIsNotLookedAt() {
        assertRefused("a".repeat(TokenVerifier.MAX_LENGTH + 1), "at most 8192");
        assertRefused(ADA.with("padding", "x".repeat(10_000)).signed(), "at most 8192");
        assertRefused("a.".repeat(TokenVerifier.MAX_LENGTH / 2), "not a JWT");
    }

    @Test
    void itsTimeIsOverAtItsSecond() {
        assertRefused(ADA.expiring(Instant.now()).signed(), "expired");
        assertRefused(ADA.expiring(Instant.EPOCH).signed(), "expired");
        assertRefused(ADA.with("exp", null).signed(), "'exp'");
        assertRefused(ADA.with("exp", "tomorrow").signed(), "JWT");
    }

    @Test
    void aClockThatIsAheadALittleIsForgiven() throws TokenRefusedException {
        Date ahead = Date.from(Instant.now().plusSeconds(5));
        Date farAhead = Date.from(Instant.now().plusSeconds(60));
        assertThat(verifier.verify(ADA.with("nbf", ahead).with("iat", ahead).signed()))
                .isNotNull();
        assertRefused(ADA.with("nbf", farAhead).signed(), "not valid yet");
        assertRefused(ADA.with("iat", farAhead).signed(), "not valid yet");
    }

    @Test
    void aTimeBeyondAllTimesIsJustFarAway() throws TokenRefusedException {
        TokenPrincipal principal =
                verifier.verify(ADA.with("exp", 253_402_300_799L).signed());
        Validity validity = new Validity.OfToken(principal, revocations, 0, InstantSource.system());
        assertThat(validity.ending(System.nanoTime())).isNull();
        assertThat(validity.ending(System.nanoTime() + Duration.ofDays(3650).toNanos()))
                .isNull();
    }

    @Test
    void itSaysWhoseItIs() {
        assertRefused(ADA.with("sub", null).signed(), "'sub'");
        assertRefused(ADA.with("sub", " ").signed(), "'sub'");
    }

    @Test
    void whatIsTooLongToBeRevokedIsRefused() throws TokenRefusedException {
        String longest = "😀".repeat(TokenPrincipal.MAX_NAME);
        assertThat(verifier.verify(Tokens.of(longest).signed()).getName()).isEqualTo(longest);
        assertThat(verifier.verify(ADA.with("jti", longest).signed()).tokenId()).isEqualTo(longest);
        assertRefused(Tokens.of(longest + "x").signed(), "'sub' claim has");
        assertRefused(ADA.with("jti", longest + "x").signed(), "'jti' claim has");
        assertRefused(ADA.with("jti", "").signed(), "'jti' claim");
    }

    @Test
    void whoseNameIsANumberIsTakenByItsDigits() throws TokenRefusedException {
        assertThat(verifier.verify(ADA.with("sub", 5).signed()).getName()).isEqualTo("5");
        assertRefused(ADA.with("sub", List.of("ada")).signed(), "JWT");
        assertRefused(ADA.with("jti", 7).signed(), "JWT");
    }

    @Test
    void topicsOfTheServersChoiceAreAllowedAndBounded() throws Exception {
        TokenPrincipal principal = verifier(null, null)
                .verify(ADA.with("pushwire", Map.of("sub", List.of("news"), "auto", List.of("user.ada.>")))
                        .signed());
        assertThat(principal.auto()).isEqualTo(TopicPatterns.of(List.of("user.ada.>")));
        assertThat(principal.subscribe()).isEqualTo(TopicPatterns.of(List.of("news", "user.ada.>")));
        assertThat(principal.publish()).isEqualTo(TopicPatterns.NONE);
        Map<String, Object> tooMany = Map.of("auto", Collections.nCopies(101, "news"));
        assertRefused(ADA.with("pushwire", tooMany).signed(), "more than 100");
    }

    @Test
    void topicsThatAreNoTopicsAreRefused() {
        for (Object claim : List.of(
                "news",
                List.of("news"),
                Map.of("sub", "news"),
                Map.of("sub", List.of(7)),
                Map.of("pub", List.of("a..b")),
                Map.of("sub", List.of("news.>.more")),
                Map.of("auto", List.of("a..b")),
                Map.of("auto", "news"),
                Map.of("sub", List.of("")))) {
            assertRefused(ADA.with("pushwire", claim).signed(), "'pushwire' claim");
        }
    }

    @Test
    void theIssuerAndTheAudienceMustBeTheOnesExpected() throws TokenRefusedException {
        TokenVerifier strict = verifier("https://id.example.com", "push");
        Tokens both = ADA.with("iss", "https://id.example.com").with("aud", List.of("mail", "push"));
        assertThat(strict.verify(both.signed()).getName()).isEqualTo("ada");
        assertThat(strict.verify(both.with("aud", "push").signed()).getName()).isEqualTo("ada");
        assertRefused(strict, both.with("iss", "https://id.example.org").signed(), "issuer");
        assertRefused(strict, both.with("iss", null).signed(), "issuer");
        assertRefused(strict, both.with("aud", "mail").signed(), "audience");
        assertRefused(strict, both.with("aud", null).signed(), "audience");
    }

    @Test
    void aRevokedOneIsRefused() throws TokenRefusedException {
        revocations.revokeToken("number-7", Instant.now());
        assertRefused(ADA.with("jti", "number-7").signed(), "revoked");
        assertThat(verifier.verify(ADA.with("jti", "number-8").signed())).isNotNull();

        revocations.revokePrincipal("ada", Instant.now());
        assertRefused(ADA.signed(), "revoked");
        assertRefused(ADA.with("iat", null).signed(), "revoked");
        assertThat(verifier.verify(
                        ADA.with("iat", Date.from(Instant.now().plusSeconds(2))).signed()))
                .isNotNull();
        assertThat(verifier.verify(Tokens.of("bob").signed())).isNotNull();
    }

    @Test
    void withoutAKeyNoTokenIsGood() {
        TokenVerifier none = new TokenVerifier(
                new TokenSettings(null, null, null, "pushwire", Duration.ZERO), revocations, InstantSource.system());
        assertThat(none.isConfigured()).isFalse();
        assertRefused(none, ADA.signed(), "pushwire.access.jwt");
    }
}
