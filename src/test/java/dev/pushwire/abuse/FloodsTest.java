package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that send cheap messages as fast as they can. */
class FloodsTest {
    private static final RunningService SERVICE = RunningService.with("pushwire.websocket.max-fragments=50000");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    @Test
    void ofTinyFragmentsEndAtTheLimit() throws Exception {
        Moves violated = Moves.ofEnding(SERVICE, "PeerViolated");
        for (byte[] payload : new byte[][] {new byte[0], new byte[1]}) {
            byte[][] thousand = new byte[1000][];
            Arrays.fill(thousand, ClientFrames.frame(0x00, payload));
            Crowd.concurrently(2, () -> {
                try (RawClient client = RawClient.open(SERVICE, "/echo")) {
                    client.send(ClientFrames.frame(0x02, payload));
                    for (int i = 0; i < 60; i++) {
                        client.send(thousand);
                    }
                    client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
                }
                return null;
            });
        }
        violated.awaitBy(4);
    }

    /** Memory for the answers is bounded: only the last ping needs one. */
    @Test
    void ofPingsWhoseAnswersNobodyReads() {
        Moves pings = Moves.of(SERVICE, "websocket.frames.received", "opcode", "ping");
        byte[][] thousand = new byte[1000][];
        Arrays.fill(thousand, ClientFrames.ping("p".repeat(125)));
        int thousands = 200;
        try (RawClient client = RawClient.connect(SERVICE, 4096).upgrade(HandshakeText.of("/echo"))) {
            Vitals before = Vitals.now();
            for (int i = 0; i < thousands; i++) {
                client.send(thousand);
            }
            pings.awaitBy(thousands * 1000);
            Vitals.now().assertNotMoreThan(before);
            client.sendText("still here");
            ServerFrame frame = client.readFrame();
            while (frame.opcode() == Opcode.PONG) {
                frame = client.readFrame();
            }
            assertThat(frame.text()).isEqualTo("still here");
        }
    }

    @Test
    void ofPongsThatNobodyAskedFor() {
        Moves pongs = Moves.of(SERVICE, "websocket.frames.received", "opcode", "pong");
        byte[][] thousand = new byte[1000][];
        Arrays.fill(thousand, ClientFrames.pong("unasked"));
        try (RawClient client = RawClient.open(SERVICE, "/echo")) {
            for (int i = 0; i < 100; i++) {
                client.send(thousand);
            }
            client.assertEchoes("still here");
        }
        pongs.awaitBy(100_000);
    }

    @Test
    void ofHandshakes() throws Exception {
        Moves answered = Moves.of(SERVICE, "websocket.handshakes", "endpoint", "/echo", "status", "101");
        Moves refused = Moves.of(SERVICE, "websocket.handshakes", "endpoint", "/echo", "status", "403");
        for (int burst = 0; burst < 5; burst++) {
            Crowd.concurrently(200, () -> {
                try (RawClient client = RawClient.open(SERVICE, "/echo")) {
                    return client;
                }
            });
            Crowd.concurrently(200, () -> {
                try (RawClient client = RawClient.connect(SERVICE)) {
                    return client.ask(HandshakeText.of("/echo").and("Origin: https://evil.example"));
                }
            });
        }
        answered.awaitBy(1000);
        refused.awaitBy(1000);
    }

    @Test
    void ofHandshakesThatNobodyWaitsFor() throws Exception {
        Moves opened = Moves.of(SERVICE, "websocket.connections.opened");
        Crowd.concurrently(500, () -> {
            RawClient client = RawClient.connect(SERVICE);
            client.send(HandshakeText.of("/echo").bytes());
            client.reset();
            return null;
        });
        opened.awaitByAtLeast(1); // a client that reset early enough was never seen
    }

    /** They compress a thousand to one. What they are decompressed to is never larger than the largest message. */
    @Test
    void ofZeroesThatWereCompressed() throws Exception {
        Moves violated = Moves.ofEnding(SERVICE, "PeerViolated");
        byte[] bomb = deflated(new byte[100 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(110_000);
        HandshakeText request = HandshakeText.of("/echo").and("Sec-WebSocket-Extensions: permessage-deflate");
        Crowd.concurrently(10, () -> {
            try (RawClient client = RawClient.connect(SERVICE).upgrade(request)) {
                client.send(ClientFrames.frame(0xC2, bomb));
                client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
            }
            return null;
        });
        violated.awaitBy(10);
    }

    private static byte[] deflated(byte[] plain) throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(9, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater)) {
            out.write(plain);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }
}
