package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsServiceTest {
    private static double exceeded(RunningService service, String limit) {
        return service.meter("websocket.limits.exceeded", "limit", limit);
    }

    private static void assertTooMany(HttpReply reply, String about) {
        reply.assertRefused(429, about);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void anAddressHasSoManyConnections() {
        RunningService service = RunningService.with(
                "pushwire.limits.connections-per-address=2", "server.forward-headers-strategy=native");
        HandshakeText elsewhere = HandshakeText.of("/echo").and("X-Forwarded-For: 203.0.113.9");
        try (RawClient first = RawClient.open(service, "/echo");
                RawClient second = RawClient.open(service, "/chat");
                RawClient third = RawClient.connect(service);
                RawClient other = RawClient.connect(service).upgrade(elsewhere)) {
            assertTooMany(third.ask(HandshakeText.of("/echo")), "from this address");
            assertThat(exceeded(service, "connections_per_address")).isEqualTo(1);
            other.assertEchoes("hello");

            first.send(ClientFrames.close(1000, ""));
            first.assertClosed(1000);
            first.finish();
            await().untilAsserted(() -> {
                try (RawClient next = RawClient.connect(service)) {
                    assertThat(next.ask(HandshakeText.of("/echo")).status()).isEqualTo(101);
                }
            });
            second.sendText("still here");
            second.assertFrameReceived(Opcode.TEXT);
        }
    }

    @Test
    void aPrincipalHasSoManyConnections() {
        RunningService service = LateEndpoint.serviceWith(
                "pushwire.limits.connections-per-principal=1", "pushwire.access.jwt.secret=" + Tokens.SECRET);
        HandshakeText ada = HandshakeText.of("/echo")
                .and("Authorization: Bearer " + Tokens.of("ada").signed());
        HandshakeText bob = HandshakeText.of("/echo")
                .and("Authorization: Bearer " + Tokens.of("bob").signed());
        try (RawClient first = RawClient.connect(service).upgrade(ada);
                RawClient second = RawClient.connect(service);
                RawClient third = RawClient.connect(service).upgrade(bob);
                RawClient late = RawClient.open(service, "/late")) {
            assertTooMany(second.ask(ada), "of this principal");
            late.sendText(Tokens.of("ada").signed());
            assertThat(late.readFrame().text()).startsWith("TOO_MANY_CONNECTIONS ");
            assertThat(exceeded(service, "connections_per_principal")).isEqualTo(2);

            first.send(ClientFrames.close(1000, ""));
            first.assertClosed(1000);
            first.finish();
            await().untilAsserted(() -> {
                late.sendText(Tokens.of("ada").signed());
                assertThat(late.readFrame().text()).isEqualTo("ada");
            });
            late.sendText(Tokens.of("ada").signed()); // renewed, and still one
            late.assertText("ada");
            assertTooMany(second.ask(ada), "of this principal");
            third.assertEchoes("hello");
        }
    }

    @Test
    void aConnectionSendsSoManyMessagesInASecondWhereTheEndpointAsksForIt() {
        RunningService service = LateEndpoint.serviceWith("pushwire.limits.messages-per-second=5");
        try (RawClient late = RawClient.open(service, "/late");
                RawClient echo = RawClient.open(service, "/echo")) {
            for (int i = 0; i < 100; i++) {
                echo.assertEchoes("as many as you like");
            }
            byte[][] six = new byte[6][];
            Arrays.fill(six, ClientFrames.text("x"));
            late.send(six);
            assertThat(late.readUntilClose().closeCode()).isEqualTo(4429);
            late.finish();
            await().untilAsserted(() ->
                    assertThat(exceeded(service, "messages_per_second")).isEqualTo(1));
        }
    }

    @Test
    void anAddressBeginsSoManyTopicsInAMinute() {
        RunningService service = RunningService.with("pushwire.limits.new-topics-per-minute-and-address=2");
        try (RawClient first = RawClient.open(service, "/topics/one");
                RawClient second = RawClient.open(service, "/topics/two");
                RawClient third = RawClient.connect(service);
                RawClient fourth = RawClient.connect(service)) {
            HttpReply reply = third.ask(HandshakeText.of("/topics/three"));
            reply.assertRefused(429, "within a minute");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
            assertThat(exceeded(service, "new_topics_per_minute")).isEqualTo(1);
            assertThat(fourth.ask(HandshakeText.of("/topics/one")).status()).isEqualTo(101);
            assertThat(service.meter("websocket.topics.held")).isEqualTo(2);
            for (RawClient each : List.of(first, second)) {
                each.send(ClientFrames.close(1000, ""));
                each.assertClosed(1000);
            }
        }
    }

    @Test
    void aNodeHasSoManyTopics() {
        RunningService service = RunningService.with("pushwire.limits.topics=2");
        try (RawClient first = RawClient.open(service, "/topics/one");
                RawClient second = RawClient.open(service, "/topics/two");
                RawClient third = RawClient.connect(service);
                RawClient fourth = RawClient.connect(service)) {
            HttpReply reply = third.ask(HandshakeText.of("/topics/three"));
            reply.assertRefused(503, "as many topics");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
            assertThat(exceeded(service, "topics")).isEqualTo(1);
            assertThat(service.meter("websocket.topics.limit")).isEqualTo(2);
            assertThat(service.meter("websocket.topics.kept")).isEqualTo(2);

            first.send(ClientFrames.close(1000, ""));
            first.assertClosed(1000);
            first.finish();
            await().until(() -> service.meter("websocket.topics.active") == 1);
            assertThat(fourth.ask(HandshakeText.of("/topics/three")).status()).isEqualTo(101);
            assertThat(service.meter("websocket.topics.held")).isEqualTo(2);
            second.send(ClientFrames.close(1000, ""));
            second.assertClosed(1000);
        }
    }
}
