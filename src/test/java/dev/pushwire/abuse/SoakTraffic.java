package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.ServerFrame;
import dev.pushwire.transport.Pongs;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The traffic of a long day, one round at a time. */
final class SoakTraffic {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The pause of a slow reader after each message. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final RunningService service;

    SoakTraffic(RunningService service) {
        this.service = service;
    }

    Map<String, Callable<?>> kinds() {
        return Map.of(
                "echo", this::echo,
                "pipelined", this::pipelined,
                "fragments", this::fragments,
                "compressed", this::compressed,
                "chat", this::chat,
                "publish", this::publish,
                "comings and goings", this::comingsAndGoings,
                "slow readers", this::slowReaders,
                "violations", this::violations,
                "half handshakes", this::halfHandshakes);
    }

    private Void echo() {
        try (RawClient client = RawClient.open(service, "/echo")) {
            for (int i = 0; i < 200; i++) {
                assertReturns(client, "x".repeat(ThreadLocalRandom.current().nextInt(1, 20_000)));
            }
            close(client);
        }
        return null;
    }

    private Void pipelined() {
        byte[][] messages = IntStream.range(0, 64)
                .mapToObj(i -> ClientFrames.text("message " + i))
                .toArray(byte[][]::new);
        try (RawClient client = RawClient.open(service, "/echo")) {
            for (int i = 0; i < 50; i++) {
                client.send(messages);
                for (int j = 0; j < messages.length; j++) {
                    assertThat(Pongs.next(client).text()).isEqualTo("message " + j);
                }
            }
            close(client);
        }
        return null;
    }

    private Void fragments() {
        try (RawClient client = RawClient.open(service, "/echo")) {
            client.send(ClientFrames.fragment(Opcode.TEXT, "in"));
            for (int i = 0; i < 400; i++) {
                client.send(
                        ClientFrames.fragment(Opcode.CONTINUATION, " and in"),
                        ClientFrames.fragment(Opcode.CONTINUATION, ""));
            }
            client.send(ClientFrames.lastFragment(" and out"));
            assertThat(Pongs.next(client).text()).isEqualTo("in" + " and in".repeat(400) + " and out");
            close(client);
        }
        return null;
    }

    private Void compressed() throws Exception {
        try (DeflatingClient client = DeflatingClient.open(service, "/echo")) {
            for (int i = 0; i < 100; i++) {
                client.assertEchoes(("all work and no play " + i).repeat(100));
            }
        }
        return null;
    }

    private Void chat() {
        try (Crowd crowd = Crowd.of(20, () -> RawClient.open(service, "/chat/soak"))) {
            assertAllHear(crowd, message -> crowd.first().sendText(message));
        }
        return null;
    }

    private Void publish() {
        try (Crowd crowd = Crowd.of(20, () -> RawClient.open(service, "/topics/soak"))) {
            assertAllHear(
                    crowd,
                    message -> assertThat(service.post("/topics/soak", "text/plain", BodyPublishers.ofString(message))
                                    .statusCode())
                            .isEqualTo(202));
        }
        return null;
    }

    private interface Speaker {
        void say(String message);
    }

    private static void assertAllHear(Crowd crowd, Speaker speaker) {
        for (int i = 0; i < 20; i++) {
            String message = "message " + i;
            speaker.say(message);
            crowd.forEach(client -> assertThat(Pongs.next(client).text()).isEqualTo(message));
        }
    }

    /** Clients leave in order, without a Close, or in the middle of a frame; some are refused. */
    private Void comingsAndGoings() {
        try (RawClient polite = RawClient.open(service, "/chat/passage");
                RawClient silent = RawClient.open(service, "/topics/passage");
                RawClient refused = RawClient.connect(service)) {
            close(polite);
            silent.finish();
            silent.assertCutOff(PATIENCE);
            assertThat(refused.ask(HandshakeText.of("/echo").without("Sec-WebSocket-Key"))
                            .status())
                    .isEqualTo(400);
        }
        RawClient rude = RawClient.open(service, "/chat/passage");
        rude.send(ClientFrames.binary(new byte[10_000]), ClientFrames.header(0x82, 100_000), new byte[50_000]);
        rude.reset();
        return null;
    }

    /** A client reads slower than another sends, until the service gives it up. */
    private Void slowReaders() throws InterruptedException {
        HandshakeText chat = HandshakeText.of("/chat/slow-readers");
        AtomicBoolean over = new AtomicBoolean();
        try (RawClient slow = RawClient.connect(service, 4096).upgrade(chat);
                RawClient well = RawClient.open(service, "/chat/slow-readers")) {
            Thread talker = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    assertReturns(well, "x".repeat(60_000));
                }
            });
            ServerFrame frame = slow.readFrame();
            while (frame.opcode() != Opcode.CLOSE) {
                LockSupport.parkNanos(PAUSE.toNanos());
                frame = slow.readFrame();
            }
            over.set(true);
            talker.join();
            assertThat(frame.closeCode()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        } finally {
            over.set(true);
        }
        return null;
    }

    private Void violations() {
        try (RawClient client = RawClient.open(service, "/echo")) {
            client.send(ClientFrames.frame(0x83, new byte[10]));
            assertThat(client.readUntilClose().closeCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        }
        return null;
    }

    private Void halfHandshakes() {
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientFrames.utf8("GET /echo HTTP/1.1\r\nHost: "));
            client.assertCutOff(PATIENCE);
        }
        return null;
    }

    private static void assertReturns(RawClient client, String text) {
        client.sendText(text);
        ServerFrame frame = Pongs.next(client);
        assertThat(frame.text().equals(text)).as("%s is what was sent", frame).isTrue();
    }

    private static void close(RawClient client) {
        client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
        assertThat(client.readUntilClose().closeCode()).isEqualTo(CloseCode.NORMAL_CLOSURE);
    }
}
