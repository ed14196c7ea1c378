package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.Opcode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus and Kubernetes see, to the last frame and byte. */
class MetricsServiceTest {
    private static RunningService service;

    /** One of its own, in which nobody else counts. */
    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void assertScraped(String... samples) {
        await().untilAsserted(() ->
                assertThat(service.get("/actuator/prometheus").body().lines()).contains(samples));
    }

    @Test
    void everyFrameIsCounted() {
        assertScraped(
                "websocket_connections_active{endpoint=\"/echo\",transport=\"websocket\"} 0.0",
                "websocket_connections_opened_total{endpoint=\"/echo\",transport=\"websocket\"} 0.0",
                "websocket_frames_received_total{opcode=\"text\"} 0.0");

        try (RawClient echo = RawClient.open(service, "/echo");
                RawClient room = RawClient.open(service, "/chat/a")) {
            echo.assertEchoes("hello"); // 6 + 5 bytes there, 2 + 5 back
            echo.send(ClientFrames.binary(new byte[200])); // 8 + 200 there, 4 + 200 back
            echo.assertFrameReceived(Opcode.BINARY);
            echo.send(ClientFrames.fragment(Opcode.TEXT, "hel"), ClientFrames.lastFragment("lo")); // 6 + 3, 6 + 2
            echo.assertText("hello"); // 2 + 5
            echo.send(ClientFrames.ping("!"), ClientFrames.pong("?")); // 6 + 1, 6 + 1
            echo.assertFrameReceived(Opcode.PONG); // 2 + 1
            assertScraped(
                    "websocket_connections_active{endpoint=\"/echo\",transport=\"websocket\"} 1.0",
                    "websocket_connections_active{endpoint=\"/chat/{room}\",transport=\"websocket\"} 1.0",
                    "websocket_connections_active{endpoint=\"/topics/{topic}\",transport=\"websocket\"} 0.0");

            echo.send(ClientFrames.close(1000, "")); // 6 + 2
            echo.assertClosed(1000); // 2 + 2
            room.sendText("all"); // 6 + 3
            room.assertText("all"); // 2 + 3
            room.send(ClientFrames.close(4242, "private")); // 6 + 9
            room.assertClosed(4242); // 2 + 9: with the client's reason
        }
        try (RawClient refused = RawClient.connect(service)) {
            refused.ask(HandshakeText.of("/echo").without("Sec-WebSocket-Version"));
            refused.ask(HandshakeText.of("/echo").and("Origin: https://evil.example"));
        }

        assertScraped(
                "websocket_connections_active{endpoint=\"/echo\",transport=\"websocket\"} 0.0",
                "websocket_connections_active{endpoint=\"/chat/{room}\",transport=\"websocket\"} 0.0",
                "websocket_connections_opened_total{endpoint=\"/echo\",transport=\"websocket\"} 1.0",
                "websocket_connections_opened_total{endpoint=\"/chat/{room}\",transport=\"websocket\"} 1.0",
                "websocket_connections_closed_total{code=\"1000\",ending=\"PeerClosed\",endpoint=\"/echo\",transport=\"websocket\"} 1.0",
                "websocket_connections_closed_total{code=\"4xxx\",ending=\"PeerClosed\",endpoint=\"/chat/{room}\",transport=\"websocket\"} 1.0",
                "websocket_handshakes_total{endpoint=\"/echo\",result=\"accepted\",status=\"101\"} 1.0",
                "websocket_handshakes_total{endpoint=\"/echo\",result=\"version\",status=\"426\"} 1.0",
                "websocket_handshakes_total{endpoint=\"/echo\",result=\"origin\",status=\"403\"} 1.0",
                "websocket_frames_received_total{opcode=\"text\"} 3.0",
                "websocket_frames_received_total{opcode=\"binary\"} 1.0",
                "websocket_frames_received_total{opcode=\"continuation\"} 1.0",
                "websocket_frames_received_total{opcode=\"ping\"} 1.0",
                "websocket_frames_received_total{opcode=\"pong\"} 1.0",
                "websocket_frames_received_total{opcode=\"close\"} 2.0",
                "websocket_frames_sent_total{opcode=\"text\"} 3.0",
                "websocket_frames_sent_total{opcode=\"binary\"} 1.0",
                "websocket_frames_sent_total{opcode=\"continuation\"} 0.0",
                "websocket_frames_sent_total{opcode=\"ping\"} 0.0",
                "websocket_frames_sent_total{opcode=\"pong\"} 1.0",
                "websocket_frames_sent_total{opcode=\"close\"} 2.0",
                "websocket_messages_received_total{transport=\"websocket\"} 4.0",
                "websocket_messages_sent_total{transport=\"websocket\"} 4.0",
                "websocket_bytes_received_total{transport=\"websocket\"} " + (11.0 + 208 + 17 + 14 + 8 + 9 + 15),
                "websocket_bytes_sent_total{transport=\"websocket\"} " + (7.0 + 204 + 7 + 3 + 4 + 5 + 11));
    }

    @Test
    void everyWayToATopicIsCountedFromTheStart() {
        assertScraped(
                "websocket_connections_opened_total{endpoint=\"/push\",transport=\"stream\"} 0.0",
                "websocket_connections_opened_total{endpoint=\"/push\",transport=\"sse\"} 0.0",
                "websocket_connections_opened_total{endpoint=\"/push\",transport=\"poll\"} 0.0",
                "websocket_connections_opened_total{endpoint=\"/topics/{topic}\",transport=\"sse\"} 0.0",
                "websocket_connections_opened_total{endpoint=\"/socket.io/\",transport=\"polling\"} 0.0",
                "websocket_messages_sent_total{transport=\"poll\"} 0.0");
    }

    @Test
    void theSameIsThereWithoutPrometheus() {
        assertThat(service.get("/actuator/metrics/websocket.connections.active").body())
                .contains("\"name\":\"websocket.connections.active\"")
                .contains("/topics/{topic}");
    }

    @Test
    void theServiceIsHealthyAliveAndReady() {
        assertThat(service.get("/actuator/health").body()).contains("\"status\":\"UP\"");
        assertThat(service.get("/actuator/health/liveness").body()).contains("\"status\":\"UP\"");
        assertThat(service.get("/actuator/health/readiness").body()).contains("\"status\":\"UP\"");
    }
}
