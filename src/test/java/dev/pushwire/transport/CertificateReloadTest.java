package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.autoconfigure.ApiPort;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is replaced while the service runs. */
class CertificateReloadTest {
    @TempDir
    private Path directory;

    @Test
    void newConnectionsSeeTheNewOneAndOldConnectionsLiveOn() throws Exception {
        TestCertificate first = TestCertificate.create(directory);
        TestCertificate second = TestCertificate.create(directory);
        first.write(directory);
        TlsService tls = TlsService.start(
                first,
                TlsService.bundle(
                        directory,
                        "pushwire.api.port=0",
                        "spring.ssl.bundle.pem.web.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms"));
        try (RawClient old = tls.open("TLSv1.3", "/echo");
                RawClient older = tls.open("TLSv1.2", "/echo")) {
            int apiPort = tls.service().bean(ApiPort.class).number();
            assertThat(presentedBy(tls, tls.service().port())).isEqualTo(first.certificate());
            assertThat(presentedBy(tls, apiPort)).isEqualTo(first.certificate());

            second.write(directory);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> presentedBy(tls, tls.service().port()).equals(second.certificate()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> presentedBy(tls, apiPort).equals(second.certificate()));
            old.assertEchoes("x".repeat(100_000));
            older.assertEchoes("x".repeat(100_000));
            try (RawClient young = connect(tls, second.clientContext())) {
                young.assertEchoes("also here");
            }
            assertThat(tls.service().openConnections()).isGreaterThanOrEqualTo(2);
        } finally {
            tls.service().close();
        }
    }

    private static RawClient connect(TlsService tls, SSLContext context) throws Exception {
        return RawClient.over(context.getSocketFactory()
                        .createSocket(tls.address().getAddress(), tls.service().port()))
                .upgrade(HandshakeText.of("/echo"));
    }

    private static Certificate presentedBy(TlsService tls, int port) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustingAll()}, null);
        try (SSLSocket socket = (SSLSocket)
                trusting.getSocketFactory().createSocket(tls.address().getAddress(), port)) {
            return socket.getSession().getPeerCertificates()[0];
        } catch (SSLException e) {
            throw new AssertionError("No TLS", e);
        }
    }

    /** For a client that only looks. */
    private static final class TrustingAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
