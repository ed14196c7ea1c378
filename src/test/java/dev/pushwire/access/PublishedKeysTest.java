package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens signed with private keys, whose public halves an issuer publishes and changes. */
class PublishedKeysTest {
    private static RSAKey rsa;
    private static RSAKey nextRsa;
    private static ECKey ec;

    @AutoClose
    private final KeyServer issuer = new KeyServer(rsa, ec);

    private final TokenVerifier verifier = new TokenVerifier(
            new TokenSettings(new TokenKey.Published(issuer.uri(), null), null, null, "pushwire", Duration.ZERO),
            Tokens.noneRevoked(),
            InstantSource.system());

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        nextRsa = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    }

    private void assertAccepted(JWSAlgorithm algorithm, JWK key) throws TokenRefusedException {
        assertThat(verifier.verify(Tokens.of("ada").signed(algorithm, key)).getName())
                .isEqualTo("ada");
    }

    private void assertRefused(Refusal why, String token) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused.refusal()).isEqualTo(why);
    }

    @Test
    void bothKindsOfKeysAreGood() throws TokenRefusedException {
        assertAccepted(JWSAlgorithm.RS256, rsa);
        assertAccepted(JWSAlgorithm.RS512, rsa);
        assertAccepted(JWSAlgorithm.PS256, rsa);
        assertAccepted(JWSAlgorithm.ES256, ec);
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsNewIsFetchedWhenATokenNamesIt() throws TokenRefusedException {
        assertAccepted(JWSAlgorithm.RS256, rsa);
        issuer.publish(nextRsa, ec);
        assertAccepted(JWSAlgorithm.RS256, nextRsa);
        assertThatThrownBy(() -> verifier.verify(Tokens.of("ada").signed(JWSAlgorithm.RS256, rsa)))
                .isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void aKeyOfNobodyIsRefusedAndDoesNotHaveTheKeysFetchedEachTime() throws JOSEException, TokenRefusedException {
        assertAccepted(JWSAlgorithm.RS256, rsa);
        for (int i = 0; i < 20; i++) {
            JWK unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown-" + i).generate();
            TokenRefusedException refused = catchThrowableOfType(
                    TokenRefusedException.class,
                    () -> verifier.verify(Tokens.of("ada").signed(JWSAlgorithm.ES256, unknown)));
            assertThat(refused).isNotNull();
        }
        assertThat(issuer.requests()).isLessThanOrEqualTo(3);
        assertAccepted(JWSAlgorithm.ES256, ec);
    }

    @Test
    void anotherKeyUnderAKnownNameIsRefused() throws JOSEException {
        RSAKey impostor = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        assertRefused(Refusal.INVALID, Tokens.of("ada").signed(JWSAlgorithm.RS256, impostor));
    }

    @Test
    void aPublicKeyIsNoSecret() throws JOSEException {
        String pem = rsa.toPublicJWK().toJSONString();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build();
        assertRefused(Refusal.INVALID, Tokens.of("ada").signed(header, pem));
        assertRefused(
                Refusal.INVALID,
                Tokens.of("ada")
                        .signed(header, new String(rsa.toRSAPublicKey().getEncoded(), StandardCharsets.ISO_8859_1)));
    }

    @Test
    void whileTheIssuerIsBrokenItIsSaidSoAndKnownKeysStayGood() throws TokenRefusedException {
        issuer.breaks(true);
        assertRefused(Refusal.UNAVAILABLE, Tokens.of("ada").signed(JWSAlgorithm.RS256, rsa));
        issuer.breaks(false);
        assertAccepted(JWSAlgorithm.RS256, rsa);
        issuer.breaks(true);
        assertAccepted(JWSAlgorithm.ES256, ec);
    }

    @Test
    void aClientLearnsWhatToDo() {
        RunningService service = LateEndpoint.serviceWith("pushwire.access.jwt.jwk-set-uri=" + issuer.uri());
        HandshakeText handshake = HandshakeText.of("/echo")
                .and("Authorization: Bearer " + Tokens.of("ada").signed(JWSAlgorithm.ES256, ec));
        issuer.breaks(true);
        try (RawClient client = RawClient.connect(service)) {
            HttpReply reply = client.ask(handshake);
            reply.assertRefused(503, "cannot be checked now");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
        }
        issuer.breaks(false);
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(handshake).assertEchoes("hello");
        }
    }
}
