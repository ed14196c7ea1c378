package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A header section must be complete in time. There is no such limit for what comes before and after it. */
class HandshakeTimeoutTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration FAR_BEYOND = Duration.ofSeconds(10);
    private static final HandshakeText HEALTH =
            new HandshakeText("GET /actuator/health HTTP/1.1", List.of("Host: localhost"));

    private final RunningService service = RunningService.with("pushwire.websocket.handshake-timeout=1s");

    @AfterEach
    void nothingIsLeftBehind() {
        await().untilAsserted(() -> assertThat(service.httpConnections())
                .as("connections that Tomcat counts")
                .isZero());
    }

    @Test
    void whoDribblesIsCutOffAtTheLimitThoughNeverSilent() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            assertCutOffAtTheLimit(client);
        }
    }

    @Test
    void alsoOnAConnectionThatWasUsedBefore() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(HEALTH).status()).isEqualTo(200);
            assertCutOffAtTheLimit(client);
        }
    }

    private static void assertCutOffAtTheLimit(RawClient client) throws InterruptedException {
        long start = System.nanoTime();
        Dribble.untilCutOff(client, Dribble.LONG_HEADER_SECTION, Duration.ofMillis(100), FAR_BEYOND);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, FAR_BEYOND);
    }

    @Test
    void whoFallsSilentIsCutOff() {
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientFrames.utf8("GET /echo HTTP/1.1\r\nHost: loc"));
            client.assertCutOff(FAR_BEYOND);
        }
    }

    @Test
    void whoSaysNothingIsCutOff() {
        try (RawClient client = RawClient.connect(service)) {
            client.assertCutOff(FAR_BEYOND);
        }
    }

    @Test
    void aHandshakeThatIsSlowButInTimeSucceeds() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            String request = HandshakeText.of("/echo").toString();
            client.send(ClientFrames.utf8(request.substring(0, request.length() - 3)));
            Dribble.send(client, ClientFrames.utf8("\n\r\n"), LIMIT.dividedBy(10));
            assertThat(client.readReply().status()).isEqualTo(101);
            client.assertEchoes("in time");
        }
    }

    /** A body may take its time, as long as it comes. */
    @Test
    void aBodyMayTakeLonger() throws Exception {
        byte[] body = ClientFrames.utf8("slow but steady");
        HandshakeText post = new HandshakeText(
                "POST /topics/slow HTTP/1.1",
                List.of("Host: localhost", "Content-Type: text/plain", "Content-Length: " + body.length));
        try (RawClient client = RawClient.connect(service)) {
            client.send(post.bytes());
            Dribble.send(client, body, LIMIT.dividedBy(7));
            assertThat(client.readReply().status()).isBetween(200, 299);
        }
    }

    @Test
    void aConnectionThatIsUsedAgainAndAgainMayLiveLonger() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            for (int i = 0; i < 8; i++) {
                assertThat(client.ask(HEALTH).status()).isEqualTo(200);
                Thread.sleep(LIMIT.dividedBy(4)); // the pause between two requests is what is tested
            }
        }
    }

    /** As browsers do it: nobody waits for anything. */
    @Test
    void aConnectionThatIsIdleAfterARequestIsClosedAndNotCounted() {
        double before = service.meter("websocket.handshake.timeouts");
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(HEALTH).status()).isEqualTo(200);
            client.assertCutOff(FAR_BEYOND);
        }
        assertThat(service.meter("websocket.handshake.timeouts")).isEqualTo(before);
    }

    @Test
    void aWebSocketMayBeSilentForLonger() throws Exception {
        try (RawClient client = RawClient.open(service, "/echo")) {
            assertThat(client.hearsWithin(LIMIT.multipliedBy(2))).isFalse();
            client.assertEchoes("still here");
        }
    }
}
