package dev.pushwire.abuse;

import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.transport.Dribble;
import dev.pushwire.transport.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that connect and then send little or nothing. */
class SilentPeersTest {
    private static final Duration FAR_BEYOND = Duration.ofSeconds(15);
    private static final RunningService SERVICE = RunningService.with(
            "pushwire.websocket.handshake-timeout=1s",
            "pushwire.websocket.close-timeout=1s",
            "pushwire.websocket.ping-interval=1s",
            "pushwire.websocket.pong-timeout=1s");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    @Test
    void neverSayAWordAndAreCutOff() {
        Moves timeouts = Moves.of(SERVICE, "websocket.handshake.timeouts");
        try (Crowd crowd = Crowd.of(200, () -> RawClient.connect(SERVICE))) {
            crowd.forEach(client -> client.assertCutOff(FAR_BEYOND));
        }
        timeouts.awaitBy(200);
    }

    @Test
    void sayAByteNowAndThenAndAreCutOff() throws Exception {
        Moves timeouts = Moves.of(SERVICE, "websocket.handshake.timeouts");
        Crowd.concurrently(100, () -> {
            try (RawClient client = RawClient.connect(SERVICE)) {
                Dribble.untilCutOff(client, Dribble.LONG_HEADER_SECTION, Duration.ofMillis(300), FAR_BEYOND);
            }
            return null;
        });
        timeouts.awaitBy(100);
    }

    /** A WebSocket may be slow as long as it is alive. It holds at most one small message. */
    @Test
    void sayOneByteASecondInAFrameAndAreServed() throws Exception {
        Moves messages = Moves.of(SERVICE, "websocket.frames.received", "opcode", "binary");
        Crowd.concurrently(100, () -> {
            try (RawClient client = RawClient.open(SERVICE, "/echo")) {
                client.send(ClientFrames.header(0x82, 3));
                Dribble.send(client, ClientFrames.hex("37fa21"), Duration.ofSeconds(1));
                while (client.readFrame().opcode() != Opcode.BINARY) {
                    // pings, which a client in the middle of a frame cannot answer
                }
            }
            return null;
        });
        messages.awaitBy(100);
    }

    @Test
    void saidCloseAndDoNotReadTheAnswer() {
        Moves closed = Moves.ofEnding(SERVICE, "PeerClosed");
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RawClient client = RawClient.open(SERVICE, "/echo");
            client.send(ClientFrames.binary(new byte[50_000]), ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
            clients.add(client);
        }
        closed.awaitBy(100); // though none of them has read a byte, or ended its side
        clients.forEach(RawClient::close);
    }

    /** Not even the TCP connection can end in order, since the peer has no room for the answers. */
    @Test
    void saidCloseBehindMuchThatTheyDoNotRead() {
        Moves ended = Moves.of(SERVICE, "websocket.connections.closed", "endpoint", "/chat/{room}");
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            RawClient client = RawClient.connect(SERVICE, 4096).upgrade(HandshakeText.of("/chat/hoarders-" + i));
            byte[] megabyte = ClientFrames.binary(new byte[900_000]);
            client.send(megabyte, megabyte, megabyte);
            client.send(megabyte, ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
            clients.add(client);
        }
        ended.awaitBy(10);
        clients.forEach(RawClient::close);
    }

    @Test
    void doNotAnswerPings() {
        Moves quiet = Moves.ofEnding(SERVICE, "WentQuiet");
        try (Crowd crowd = Crowd.of(100, () -> RawClient.open(SERVICE, "/echo"))) {
            crowd.forEach(client -> client.assertFrameReceived(Opcode.PING));
            crowd.forEach(client -> client.assertClosed(CloseCode.GOING_AWAY));
        }
        quiet.awaitBy(100);
    }

    /** There is neither a FIN nor a reset, since everything that either side sends is lost. */
    @Test
    void haveVanishedFromTheNetwork() {
        Moves quiet = Moves.ofEnding(SERVICE, "WentQuiet");
        List<Relay> relays = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Relay relay = Relay.to(SERVICE.address());
            relays.add(relay);
            RawClient.over(relay.client())
                    .upgrade(HandshakeText.of("/chat/the-vanished"))
                    .assertEchoes("last seen");
            relay.vanish();
        }
        quiet.awaitBy(20);
        relays.forEach(Relay::close);
    }
}
