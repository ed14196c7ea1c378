package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.Opcode;
import org.junit.jupiter.api.Test;

/** {@code pushwire.websocket.max-connections}: a client beyond the limit is told when to come back. */
class ConnectionLimitServiceTest {
    private final RunningService service = RunningService.with("pushwire.websocket.max-connections=2");

    @Test
    void aThirdOfTwoIsRefusedUntilOneLeaves() {
        HandshakeText echo = HandshakeText.of("/echo");
        try (RawClient first = RawClient.open(service, "/echo");
                RawClient second = RawClient.open(service, "/chat");
                RawClient third = RawClient.connect(service)) {
            HttpReply reply = third.ask(echo);
            reply.assertRefused(503, "connections");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
            assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);

            first.send(ClientFrames.close(1000, ""));
            first.assertClosed(1000);
            first.finish();
            await().untilAsserted(() -> {
                try (RawClient next = RawClient.connect(service)) {
                    assertThat(next.ask(echo).status()).isEqualTo(101);
                    next.assertEchoes("hello");
                }
            });
            second.sendText("still here");
            second.assertFrameReceived(Opcode.TEXT);
        }
    }
}
