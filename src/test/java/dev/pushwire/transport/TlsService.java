package dev.pushwire.transport;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The service with TLS in process, and clients that trust its certificate. */
final class TlsService {
    private static final int PATIENCE_MILLIS = 15_000;

    private final RunningService service;
    private final SSLContext clients;

    private TlsService(RunningService service, SSLContext clients) {
        this.service = service;
        this.clients = clients;
    }

    private static final class Shared {
        static final TlsService SERVICE = make();

        private static TlsService make() {
            try {
                Path directory = Files.createTempDirectory("pushwire-tls");
                TestCertificate certificate = TestCertificate.create(directory);
                certificate.write(directory);
                return start(certificate, bundle(directory));
            } catch (Exception e) {
                throw new IllegalStateException("No service with TLS", e);
            }
        }
    }

    /** One for all tests that change nothing about it. */
    static TlsService shared() {
        return Shared.SERVICE;
    }

    /** A service of a test's own, which closes it; the certificate is for its clients. */
    static TlsService start(TestCertificate certificate, List<String> settings) throws Exception {
        return new TlsService(RunningService.start(settings.toArray(String[]::new)), certificate.clientContext());
    }

    /** The settings of an SSL bundle whose certificate and key lie here, and more. */
    static List<String> bundle(Path directory, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "server.ssl.bundle=web",
                "spring.ssl.bundle.pem.web.keystore.certificate=file:" + directory.resolve("cert.pem"),
                "spring.ssl.bundle.pem.web.keystore.private-key=file:" + directory.resolve("key.pem")));
        settings.addAll(List.of(more));
        return settings;
    }

    RunningService service() {
        return service;
    }

    InetSocketAddress address() {
        return service.address();
    }

    SSLContext clientContext() {
        return clients;
    }

    /** A TLS connection, its handshake done. */
    SSLSocket connect(String protocol) throws IOException {
        return secure(new Socket(address().getAddress(), address().getPort()), protocol);
    }

    /** TLS over this TCP connection, its handshake done. */
    SSLSocket secure(Socket socket, String protocol) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        SSLSocket secure = (SSLSocket) clients.getSocketFactory().createSocket(socket, "localhost", 0, true);
        secure.setEnabledProtocols(new String[] {protocol});
        secure.startHandshake();
        return secure;
    }

    /** A WebSocket. */
    RawClient open(String protocol, String path) throws IOException {
        return RawClient.over(connect(protocol)).upgrade(HandshakeText.of(path));
    }
}
