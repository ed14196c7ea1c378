package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application's own certificate: {@code server.ssl.*} holds for its WebSockets, too. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void itsWebSocketsAreWss() throws Exception {
        Path store = keyStore();
        try (ConfigurableApplicationContext application = SpringApplication.run(
                        OrdersApplication.class,
                        "--server.port=0",
                        "--server.ssl.key-store=" + store.toUri(),
                        "--server.ssl.key-store-password=" + PASSWORD);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            String port = application.getEnvironment().getRequiredProperty("local.server.port");
            try (Sockets ada = Sockets.open(client, URI.create("wss://localhost:" + port + "/orders/ada"), "ada")) {
                ada.send("4711");
                assertThat(ada.next()).isEqualTo("packed");
            }
        }
    }

    private Path keyStore() throws Exception {
        Path store = folder.resolve("key.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        (keytool + " -genkeypair -alias web -keyalg EC -groupname secp256r1 -dname CN=localhost"
                                        + " -ext san=dns:localhost -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store)
                                .split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return store;
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("web", keys.getCertificate("web"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
