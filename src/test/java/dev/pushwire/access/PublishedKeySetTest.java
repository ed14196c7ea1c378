package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an issuer may publish, and what of it counts. */
@ExtendWith(OutputCaptureExtension.class)
class PublishedKeySetTest {
    private static RSAKey rsa;
    private static ECKey ec;

    @AutoClose
    private final KeyServer issuer = new KeyServer();

    private final TokenVerifier verifier = new TokenVerifier(
            new TokenSettings(new TokenKey.Published(issuer.uri(), null), null, null, "pushwire", Duration.ZERO),
            Tokens.noneRevoked(),
            InstantSource.system());

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String json(JWK key) {
        return key.toPublicJWK().toJSONString();
    }

    private static String token(JWSAlgorithm algorithm, JWK key) {
        return Tokens.of("ada").signed(algorithm, key);
    }

    private void assertAccepted(String token) throws TokenRefusedException {
        assertThat(verifier.verify(token).getName()).isEqualTo("ada");
    }

    private void assertRefused(Refusal why, String token) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused.refusal()).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kty':'EC','crv':'BP-256','kid':'odd','x':'AAAA','y':'AAAA'}",
                "{'kty':'EC','crv':'P-256','kid':'odd','x':'AAAA','y':'AAAA'}",
                "{'kty':'EC','crv':'P-256','kid':'odd'}",
                "{'kty':'RSA','kid':'odd','e':'AQAB'}",
                "{'kty':'RSA','kid':'odd','n':'','e':'AQAB'}",
                "{'kty':'RSA','kid':'odd','n':7,'e':'AQAB'}",
                "{'kty':'RSA','kid':'odd','n':'AQAB','e':'AQAB','use':'sig','key_ops':['encrypt']}",
                "{'kty':'RSA','kid':'odd','n':'AQAB','e':'AQAB','x5c':['AAAA']}",
                "{'kty':'RSA','kid':'odd','n':'AQAB','e':'AQAB','x5c':'none'}",
                "{'kty':'RSA','kid':'odd','n':'AQAB','e':'AQAB','x5u':'::'}",
                "{'kty':'AKP','alg':'ML-DSA-44','kid':'odd','pub':'AAAA'}",
                "{'kty':'OKP','crv':'Ed25519','kid':'odd'}",
                "{'kid':'odd'}",
                "{'kty':null,'kid':'odd'}",
                "{'kty':'oct','kid':'odd','k':''}",
                "{}",
                "null",
                "7",
                "'odd'",
                "[]",
            })
    void aKeyThatCannotBeReadDoesNotSpoilTheOthers(String odd, CapturedOutput output) throws TokenRefusedException {
        issuer.publish(set(json(rsa), odd.replace('\'', '"'), json(ec)));
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
        assertAccepted(token(JWSAlgorithm.ES256, ec));
        assertRefused(
                Refusal.INVALID,
                token(JWSAlgorithm.ES256, new ECKey.Builder(ec).keyID("odd").build()));
        assertThat(output).containsOnlyOnce("The service ignores 1 of the keys at " + issuer.uri() + ": ");
    }

    @Test
    void whatAnIssuerCallsItsKeysDoesNotForgeTheLog(CapturedOutput output) throws TokenRefusedException {
        issuer.publish(set(json(rsa), "{\"kid\":\"a\\nERROR " + "x".repeat(1000) + "\"}"));
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
        assertThat(output).contains("a?ERROR xxx").doesNotContain("x".repeat(300));
    }

    @Test
    void aShortRsaKeyIsIgnored(CapturedOutput output) throws JOSEException, TokenRefusedException {
        RSAKey small = new RSAKeyGenerator(1024, true).keyID("small").generate();
        issuer.publish(set(json(small), json(rsa)));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("small").build(), claims());
        token.sign(new RSASSASigner(small.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
        assertRefused(Refusal.INVALID, token.serialize());
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
        assertThat(output).contains("small (an RSA key has at least 2048 bits)");
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
    }

    @Test
    void aSecretThatIsPublishedIsIgnored(CapturedOutput output) throws JOSEException {
        OctetSequenceKey secret =
                new OctetSequenceKeyGenerator(256).keyID("secret").generate();
        ECKey leaked = new ECKeyGenerator(Curve.P_256).keyID("leaked").generate();
        issuer.publish(set(secret.toJSONString(), leaked.toJSONString(), json(rsa)));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("secret").build(), claims());
        token.sign(new MACSigner(secret));
        assertRefused(Refusal.INVALID, token.serialize());
        assertRefused(Refusal.INVALID, token(JWSAlgorithm.ES256, leaked));
        assertThat(output)
                .contains("secret (a secret that is published lets anybody sign)")
                .contains("leaked (a secret that is published lets anybody sign)");
    }

    @Test
    void aKeyForSomethingElseSignsNothing() {
        RSAKey encrypts = new RSAKey.Builder(rsa).keyUse(KeyUse.ENCRYPTION).build();
        String agrees = "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"rsa\",\"x\":\"" + "A".repeat(43) + "\"}";
        issuer.publish(set(json(encrypts), agrees));
        assertRefused(Refusal.INVALID, token(JWSAlgorithm.RS256, rsa));
    }

    @Test
    void keysMayShareAName() throws JOSEException, TokenRefusedException {
        RSAKey twin = new RSAKeyGenerator(2048).keyID("rsa").generate();
        issuer.publish(set(
                json(twin), json(rsa), json(new ECKey.Builder(ec).keyID("rsa").build())));
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
        assertAccepted(token(JWSAlgorithm.RS256, twin));
    }

    @Test
    void noKeysIsASetAndNoTokenIsGood() {
        issuer.publish(set());
        assertRefused(Refusal.INVALID, token(JWSAlgorithm.RS256, rsa));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "<html>", "{\"keys\":["})
    void whatIsNoSetIsAnOutage(String text) throws TokenRefusedException {
        issuer.publish(text);
        assertRefused(Refusal.UNAVAILABLE, token(JWSAlgorithm.RS256, rsa));
        issuer.publish(set(json(rsa)));
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
    }

    @Test
    void aDeepOneIsAnOutage() {
        issuer.publish("{\"keys\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertRefused(Refusal.UNAVAILABLE, token(JWSAlgorithm.RS256, rsa));
    }

    @Test
    void aHugeOneIsAnOutage() throws TokenRefusedException {
        issuer.publish(set(json(rsa)) + " ".repeat(256 * 1024));
        assertRefused(Refusal.UNAVAILABLE, token(JWSAlgorithm.RS256, rsa));
        issuer.publish(set(Stream.generate(() -> "{}").limit(50_000).collect(Collectors.joining(",")), json(rsa)));
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
    }

    @Test
    void anAnswerThatDoesNotEndIsGivenUp() {
        issuer.publish(set(json(rsa)));
        issuer.stalls();
        IssuerKeys keys = new IssuerKeys(new TokenKey.Published(issuer.uri(), null), Duration.ofMillis(500));
        assertThatThrownBy(() -> keys.getJWKSet(null, 0, null))
                .isInstanceOf(JWKSetUnavailableException.class)
                .hasMessageContaining("No whole answer");
        assertThat(keys.latest()).isNull();
        keys.close();
    }

    @Test
    void aMadeUpNameIsRefusedHoweverOftenItComes() throws TokenRefusedException {
        issuer.publish(set(json(rsa)));
        for (int i = 0; i < 20; i++) {
            assertRefused(
                    Refusal.INVALID,
                    token(
                            JWSAlgorithm.ES256,
                            new ECKey.Builder(ec).keyID("made-up-" + i).build()));
        }
        assertThat(issuer.requests()).isLessThanOrEqualTo(3);
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
    }

    @Test
    void whileTheIssuerIsAwayAnUnknownNameMayBeNew() throws TokenRefusedException {
        issuer.publish(set(json(rsa)));
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
        issuer.breaks(true);
        for (int i = 0; i < 5; i++) {
            assertRefused(Refusal.UNAVAILABLE, token(JWSAlgorithm.ES256, ec));
        }
        assertAccepted(token(JWSAlgorithm.RS256, rsa));
    }

    @Test
    void aHeaderThatIsCriticalAndNotUnderstoodRefusesTheToken() throws JOSEException {
        issuer.publish(set(json(ec)));
        for (String critical : Set.of("exp", "http://example.com/unknown")) {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(JOSEObjectType.JWT)
                            .keyID("ec")
                            .criticalParams(Set.of(critical))
                            .customParam(critical, 1)
                            .build(),
                    claims());
            token.sign(new ECDSASigner(ec, Set.of()));
            assertRefused(Refusal.INVALID, token.serialize());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES384", "ES512", "RS256", "EdDSA", "es256", ""})
    void anAlgorithmThatIsNotTheKeysIsRefused(String algorithm) {
        issuer.publish(set(json(ec)));
        String[] parts = token(JWSAlgorithm.ES256, ec).split("\\.");
        String header = Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"ec\"}")
                .toString();
        assertRefused(Refusal.INVALID, header + "." + parts[1] + "." + parts[2]);
        assertRefused(Refusal.INVALID, header + "." + parts[1] + ".");
    }

    @Test
    void aTokenIsWrittenInOneWayOnly() throws TokenRefusedException {
        issuer.publish(set(json(ec)));
        String token = token(JWSAlgorithm.ES256, ec);
        assertAccepted(token);
        String[] parts = token.split("\\.");
        assertRefused(Refusal.INVALID, token + "=");
        assertRefused(Refusal.INVALID, token + "==");
        assertRefused(Refusal.INVALID, token + "\n");
        assertRefused(Refusal.INVALID, token + "%");
        assertRefused(Refusal.INVALID, " " + token);
        assertRefused(Refusal.INVALID, parts[0] + "." + parts[1] + ".." + parts[2]);
        assertRefused(Refusal.INVALID, parts[0] + "=." + parts[1] + "." + parts[2]);
        assertRefused(
                Refusal.INVALID,
                parts[0] + "." + parts[1] + "." + parts[2].substring(0, 9) + " " + parts[2].substring(9));
    }
}
