package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Clients that never get as far as a request over TLS: they are cut off, and nothing is held for them. */
class TlsHandshakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration FAR_BEYOND = Duration.ofSeconds(10);
    /** The beginning of a ClientHello, which announces more than follows. */
    private static final String HALF_A_CLIENT_HELLO = "16 0301 0200 01 0001fc 0303 5a5a5a5a 5a5a5a5a";

    /** All of the first record; what it announces is to come in another. */
    private static final String THE_HEAD_OF_A_CLIENT_HELLO = "16 0301 0004 01 0001fc";

    @TempDir
    private static Path directory;

    private static TlsService tls;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.create(directory);
        certificate.write(directory);
        tls = TlsService.start(
                certificate,
                List.of(
                        "server.ssl.certificate=file:" + directory.resolve("cert.pem"),
                        "server.ssl.certificate-private-key=file:" + directory.resolve("key.pem"),
                        "pushwire.websocket.handshake-timeout=" + LIMIT.toMillis() + "ms"));
    }

    @AfterAll
    static void stop() {
        tls.service().close();
    }

    private final RunningService service = tls.service();

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16 0301 0200", HALF_A_CLIENT_HELLO})
    void whoStopsInTheMiddleIsCutOff(String hex) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = RawClient.connect(service);
            client.send(hex);
            clients.add(client);
        }
        assertServesOthers();
        for (RawClient client : clients) {
            client.assertCutOff(FAR_BEYOND);
            client.close();
        }
        assertNothingHeld();
    }

    /** Never silent for as long as the limit, yet not done by then. */
    @Test
    void whoDribblesIsCutOffAtTheLimit() throws Exception {
        long start = System.nanoTime();
        try (RawClient client = RawClient.connect(service)) {
            Dribble.untilCutOff(client, HALF_A_CLIENT_HELLO + "00".repeat(400), Duration.ofMillis(100), FAR_BEYOND);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, FAR_BEYOND);
        assertNothingHeld();
    }

    @Test
    void whoStopsInTheMiddleOfTheRequestIsCutOff() throws Exception {
        try (RawClient client = RawClient.over(tls.connect("TLSv1.3"))) {
            client.send("GET /echo HTTP/1.1\r\nHost: loc".getBytes());
            client.assertCutOff(FAR_BEYOND);
        }
        assertNothingHeld();
    }

    @Test
    void whoDribblesTheRequestIsCutOffAtTheLimit() throws Exception {
        long start = System.nanoTime();
        try (RawClient client = RawClient.over(tls.connect("TLSv1.3"))) {
            Dribble.untilCutOff(client, Dribble.LONG_HEADER_SECTION, Duration.ofMillis(100), FAR_BEYOND);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, FAR_BEYOND);
        assertNothingHeld();
    }

    @Test
    void whoDoesNotSpeakTlsIsToldSo() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(HandshakeText.of("/echo")).status()).isEqualTo(400);
        }
        assertNothingHeld();
    }

    @Test
    void whoSpeaksGibberishIsCutOff() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send("16 0301 0010" + "ff".repeat(16));
            client.assertCutOff(FAR_BEYOND);
        }
        assertNothingHeld();
    }

    /** The JDK throws no SSLException then. Without a limit to it, who does so again and again fills the log with stacks. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aFaultThatTheJdkDoesNotForeseeIsNotLogged(CapturedOutput output) throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientHello.of(tls.clientContext()).withAGroupTwice().bytes());
            client.assertCutOff(FAR_BEYOND);
        }
        assertNothingHeld();
        assertThat(output).doesNotContain("Error running socket processor", "Duplicate element");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aFirstMessageInTwoRecordsIsNotLogged(CapturedOutput output) throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(THE_HEAD_OF_A_CLIENT_HELLO);
            client.assertCutOff(FAR_BEYOND);
        }
        assertNothingHeld();
        assertThat(output).doesNotContain("ClientHello");
    }

    /** On a busy machine a client of good will may run into the limit, too; then it comes again. */
    private static void assertServesOthers() {
        await().ignoreExceptions().untilAsserted(() -> {
            try (RawClient other = tls.open("TLSv1.3", "/echo")) {
                other.assertEchoes("undisturbed");
            }
        });
    }

    private void assertNothingHeld() {
        await().untilAsserted(() -> assertThat(service.httpConnections()).isZero());
        assertServesOthers();
    }
}
