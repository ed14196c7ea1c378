package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.Probe;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.ServerFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service behind nginx, with both strategies for forwarded headers. */
@ParameterizedClass
@ValueSource(strings = {"native", "framework"})
class NginxTest {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2); // of nginx, for silence of the service

    private static final List<String> HEADERS = List.of(
            "X-Forwarded-For $remote_addr",
            "X-Forwarded-Proto https",
            "X-Forwarded-Host $host",
            "X-Forwarded-Port 443");

    private final RunningService service;

    @TempDir
    private Path directory;

    private Proxy nginx;

    NginxTest(String strategy) {
        this.service = RunningService.with(
                "server.forward-headers-strategy=" + strategy, "pushwire.websocket.ping-interval=500ms");
    }

    @BeforeEach
    void start() throws Exception {
        nginx = Proxy.nginx(service.address(), directory, HEADERS);
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    private RawClient open(String path) {
        return nginx.connect("127.0.0.1").upgrade(HandshakeText.of(path));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 70_000, 1024 * 1024})
    void messagesGoThrough(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        try (RawClient client = open("/echo")) {
            client.send(ClientFrames.binary(payload));
            assertThat(Pongs.next(client).payload()).isEqualTo(payload);
        }
    }

    @Test
    void framesRightBehindTheHandshakeGoThrough() {
        try (RawClient client = nginx.connect("127.0.0.1")) {
            client.send(HandshakeText.of("/echo").bytes(), ClientFrames.text("early"));
            assertThat(client.readReply().status()).isEqualTo(101);
            assertThat(Pongs.next(client).text()).isEqualTo("early");
        }
    }

    @Test
    void pingsKeepAnIdleConnectionBeyondTheReadTimeout() {
        try (RawClient client = open("/echo")) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 3 * READ_TIMEOUT.toNanos() / 2) {
                assertThat(client.readFrame().opcode()).isEqualTo(Opcode.PING);
                client.send(ClientFrames.pong(""));
            }
            client.sendText("still here");
            assertThat(Pongs.next(client).text()).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://push.example.com, 101", "http://push.example.com, 403", "https://evil.example.com, 403"})
    void theOriginIsThatOfTheOuterHost(String origin, int status) {
        HandshakeText request =
                HandshakeText.of("/echo").with("Host: push.example.com").and("Origin: " + origin);
        try (RawClient client = nginx.connect("127.0.0.1")) {
            assertThat(client.ask(request).status()).isEqualTo(status);
        }
    }

    @Test
    void theAddressIsTheClients() {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        try (RawClient client = nginx.connect("127.0.0.2").upgrade(HandshakeText.of(probe.path()))) {
            probe.assertOpened();
            assertThat(probe.session().remoteAddress()).isEqualTo("127.0.0.2");
            assertThat(probe.handshake().remoteAddress()).isEqualTo("127.0.0.2");
            client.sendText("hello");
            probe.assertText("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4999})
    void theCodeOfAClientsCloseComesThrough(int code) {
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
        try (RawClient client = nginx.connect("127.0.0.1").upgrade(HandshakeText.of(probe.path()))) {
            client.send(ClientFrames.close(code, "so long"));
            assertThat(Pongs.next(client).closeCode()).isEqualTo(code);
            client.assertEndOfStream();
            probe.assertOpened();
            probe.assertClosed(code, "so long");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1013, 4000})
    void theCodeOfTheServicesCloseComesThrough(int code) {
        CloseStatus status = new CloseStatus(code, "enough");
        Probe probe = Probe.on(Execution.EVENT_LOOP).onText((session, text) -> session.close(status));
        try (RawClient client = nginx.connect("127.0.0.1").upgrade(HandshakeText.of(probe.path()))) {
            client.sendText("close, please");
            ServerFrame close = Pongs.next(client);
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(close.closeReason()).isEqualTo("enough");
            client.send(ClientFrames.close(code, ""));
            client.assertEndOfStream();
        }
    }

    @Test
    @SuppressWarnings("try") // the resources only have to be open
    void aProxyThatDiesIsALostConnection() throws Exception {
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
        try (RawClient client = nginx.connect("127.0.0.1").upgrade(HandshakeText.of(probe.path()))) {
            probe.assertOpened();
            nginx.close();
            probe.assertLost();
        }
    }
}
