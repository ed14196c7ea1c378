package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.Probe;
import dev.pushwire.service.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine over TLS: the same dialogues, and what only records can do to a stream. */
@ParameterizedClass
@ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
class TlsDialogueTest {
    private static final HandshakeText ECHO = HandshakeText.of("/echo");

    private final TlsService service = TlsService.shared();
    private final String protocol;

    TlsDialogueTest(String protocol) {
        this.protocol = protocol;
    }

    @AfterEach
    void nothingIsLeftBehind() {
        await().untilAsserted(() -> {
            assertThat(service.service().openConnections())
                    .as("WebSockets open")
                    .isZero();
            assertThat(service.service().httpConnections())
                    .as("connections that Tomcat counts")
                    .isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 16_384, 65_535, 65_536, 1024 * 1024})
    void echoesAMessageOfAnySize(int size) throws IOException {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        try (RawClient client = service.open(protocol, "/echo")) {
            client.send(ClientFrames.binary(payload));
            client.assertFrameReceived(Opcode.BINARY, payload);
            close(client);
        }
    }

    @Test
    void severalFramesInOneRecord() throws IOException {
        try (RawClient client = service.open(protocol, "/echo")) {
            client.send(ClientFrames.text("one"), ClientFrames.ping("two"), ClientFrames.text("three"));
            client.assertText("one");
            client.assertFrameReceived(Opcode.PONG, ClientFrames.utf8("two"));
            client.assertText("three");
            close(client);
        }
    }

    @Test
    void hundredsOfMessagesAtATime() throws IOException {
        byte[][] messages = new byte[500][];
        Arrays.setAll(messages, i -> ClientFrames.text("message " + i));
        try (RawClient client = service.open(protocol, "/echo")) {
            client.send(messages);
            for (int i = 0; i < messages.length; i++) {
                client.assertText("message " + i);
            }
            close(client);
        }
    }

    @Test
    void oneFrameOverManyRecords() throws IOException {
        try (RawClient client = service.open(protocol, "/echo")) {
            client.dribble(ClientFrames.text("each byte in a record of its own"));
            client.assertText("each byte in a record of its own");
            close(client);
        }
    }

    @Test
    void aMessageInFragments() throws IOException {
        try (RawClient client = service.open(protocol, "/echo")) {
            client.send(ClientFrames.fragment(Opcode.TEXT, "in "));
            client.send(ClientFrames.fragment(Opcode.CONTINUATION, "three "), ClientFrames.ping("between"));
            client.send(ClientFrames.lastFragment("parts"));
            client.assertFrameReceived(Opcode.PONG, ClientFrames.utf8("between"));
            client.assertText("in three parts");
            close(client);
        }
    }

    @Test
    void framesInTheRecordOfTheHandshake() throws IOException {
        try (RawClient client = RawClient.over(service.connect(protocol))) {
            client.send(ECHO.bytes(), ClientFrames.text("early"), ClientFrames.text("bird"));
            assertThat(client.readReply().status()).isEqualTo(101);
            client.assertText("early");
            client.assertText("bird");
            close(client);
        }
    }

    /** Tomcat may have read that record from the socket, and not decrypted it: no socket reports it any more. */
    @Test
    void framesInARecordRightBehindThatOfTheHandshake() throws IOException {
        try (Relay relay = Relay.to(service.address());
                RawClient client = RawClient.over(service.secure(relay.client(), protocol))) {
            relay.hold();
            client.send(ECHO.bytes());
            client.send(ClientFrames.text("early"));
            client.send(ClientFrames.text("bird"));
            await().until(() -> relay.heldBytes() > ECHO.bytes().length + 2 * 20);
            relay.release();
            assertThat(client.readReply().status()).isEqualTo(101);
            client.assertText("early");
            client.assertText("bird");
            close(client);
        }
    }

    @Test
    void recordsThatComeByteByByte() throws IOException {
        try (Relay relay = Relay.to(service.address())) {
            relay.crumble();
            try (RawClient client = RawClient.over(service.secure(relay.client(), protocol))) {
                client.upgrade(ECHO);
                client.assertEchoes("crumbs");
                client.assertEchoes("x".repeat(3_000));
                close(client);
            }
        }
    }

    @Test
    void aSlowReaderLosesNothing() throws Exception {
        int messages = 1_000;
        String filling = "x".repeat(16 * 1024);
        AtomicInteger sent = new AtomicInteger();
        try (RawClient client = service.open(protocol, "/echo")) {
            Thread sender = Thread.startVirtualThread(() -> {
                for (int i = 0; i < messages; i++) {
                    client.sendText(i + filling);
                    sent.incrementAndGet();
                }
            });
            int[] last = {0};
            await().pollInterval(Duration.ofMillis(200))
                    .until(() -> sent.get() > 0 && last[0] == (last[0] = sent.get()));
            assertThat(sent).as("messages that went out while nobody read").hasValueLessThan(messages);
            for (int i = 0; i < messages; i++) {
                client.assertText(i + filling);
            }
            sender.join();
            close(client);
        }
    }

    @Test
    void aBroadcastToTlsClientsOfBothVersions() throws IOException {
        try (RawClient one = service.open(protocol, "/chat/secret");
                RawClient two = service.open("TLSv1.2", "/chat/secret");
                RawClient three = service.open("TLSv1.3", "/chat/secret")) {
            for (RawClient speaker : new RawClient[] {one, two, three}) {
                speaker.sendText("heard by all");
                one.assertText("heard by all");
                two.assertText("heard by all");
                three.assertText("heard by all");
            }
        }
    }

    @Test
    void theServiceEndsWithCloseNotify() throws IOException {
        try (Relay relay = Relay.to(service.address());
                RawClient client = RawClient.over(service.secure(relay.client(), protocol))) {
            client.upgrade(ECHO);
            close(client);
            assertThat(TlsRecords.of(relay.fromService()).endWithCloseNotify()).isTrue();
        }
    }

    /** Without it, a peer could not know that what comes is all there is. */
    @Test
    void alsoBehindAMessageThatIsStillOnItsWay() throws IOException {
        try (Relay relay = Relay.to(service.address());
                RawClient client = RawClient.over(service.secure(relay.client(), protocol))) {
            client.upgrade(ECHO);
            String large = "x".repeat(900_000);
            client.send(ClientFrames.text(large), ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
            client.assertText(large);
            client.assertClosed(CloseCode.NORMAL_CLOSURE);
            assertThat(TlsRecords.of(relay.fromService()).endWithCloseNotify()).isTrue();
        }
    }

    @Test
    void aCloseNotifyWithoutACloseIsALostConnection() throws IOException {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        try (RawClient client = service.open(protocol, probe.path())) {
            client.sendText("last words");
            client.finish();
            client.assertEndOfStream();
            probe.assertOpened();
            probe.assertText("last words");
            probe.assertLost();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTcpConnectionThatIsCutIsALostConnection(boolean inOrder) throws IOException {
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
        try (Relay relay = Relay.to(service.address());
                RawClient client = RawClient.over(service.secure(relay.client(), protocol))) {
            client.upgrade(HandshakeText.of(probe.path()));
            client.sendText("last words");
            probe.assertOpened();
            probe.assertText("last words");
            if (inOrder) {
                relay.cut();
            } else {
                relay.reset();
            }
            probe.assertLost();
        }
    }

    private static void close(RawClient client) {
        client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
        client.assertClosed(CloseCode.NORMAL_CLOSURE);
    }
}
