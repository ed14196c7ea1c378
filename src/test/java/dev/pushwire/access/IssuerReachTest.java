package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.transport.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to an issuer's server: with a certificate that only the company knows, and behind a proxy. */
class IssuerReachTest {
    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static ECKey key;

    @BeforeAll
    static void make() throws Exception {
        certificate = TestCertificate.create(directory);
        certificate.write(directory);
        key = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedWhereItsBundleIsNamed() throws Exception {
        try (KeyServer issuer = new KeyServer(certificate.serverContext(), key)) {
            assertThat(issuer.uri().getScheme()).isEqualTo("https");
            assertThat(statusWith(issuer, "pushwire.access.jwt.ssl-bundle=company"))
                    .isEqualTo(101);
        }
    }

    @Test
    void andNowhereElse() throws Exception {
        try (KeyServer issuer = new KeyServer(certificate.serverContext(), key)) {
            assertThat(statusWith(issuer, "pushwire.access.jwt.ssl-bundle=")).isEqualTo(503);
        }
    }

    private static int statusWith(KeyServer issuer, String bundle) {
        RunningService service = LateEndpoint.serviceWith(
                "pushwire.access.jwt.jwk-set-uri=" + issuer.uri(),
                bundle,
                "spring.ssl.bundle.pem.company.truststore.certificate=file:" + directory.resolve("cert.pem"));
        try (RawClient client = RawClient.connect(service)) {
            String token = Tokens.of("ada").signed(JWSAlgorithm.ES256, key);
            return client.ask(HandshakeText.of("/topics/news").and("Authorization: Bearer " + token))
                    .status();
        }
    }

    @Test
    void aBundleThatIsNotThereIsNamedAtTheStart() {
        assertThatThrownBy(() -> LateEndpoint.serviceWith(
                        "pushwire.access.jwt.jwk-set-uri=https://id.example.com/keys",
                        "pushwire.access.jwt.ssl-bundle=missing"))
                .hasStackTraceContaining("pushwire.access.jwt.ssl-bundle must name a bundle of spring.ssl.bundle");
    }

    /** As the chart's value proxy.address has it: by the JVM's system properties. */
    @Test
    void aProxyIsAskedForAnyHostButTheExceptions() throws Exception {
        try (KeyServer proxy = new KeyServer(key);
                Properties _ = new Properties(
                        "http.proxyHost", "localhost",
                        "http.proxyPort", Integer.toString(proxy.port()),
                        "http.nonProxyHosts", "localhost|127.*|*.svc")) {
            URI elsewhere = URI.create("http://id.example.test/keys");
            assertThat(keys(elsewhere)).isEqualTo(1);
            assertThat(proxy.asked()).isEqualTo(elsewhere);
            assertThatThrownBy(() -> keys(URI.create("http://id.push.svc/keys")))
                    .hasMessageContaining("No answer");
            assertThat(proxy.requests()).isEqualTo(1);
        }
    }

    private static int keys(URI uri) throws Exception {
        try (IssuerKeys keys = new IssuerKeys(new TokenKey.Published(uri, null), Duration.ofSeconds(30))) {
            return keys.getJWKSet(null, 0, null).size();
        }
    }

    /** System properties for a while. */
    private static final class Properties implements AutoCloseable {
        private final String[] namesAndValues;

        Properties(String... namesAndValues) {
            this.namesAndValues = namesAndValues;
            for (int i = 0; i < namesAndValues.length; i += 2) {
                System.setProperty(namesAndValues[i], namesAndValues[i + 1]);
            }
        }

        @Override
        public void close() {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                System.clearProperty(namesAndValues[i]);
            }
        }
    }
}
