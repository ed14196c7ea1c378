package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that agreed on compression, have used it, and are idle: they hold no more than plain ones. */
class IdleCompressionTest {
    private static final int CONNECTIONS = 2_000;
    /** A compressor of one's own would be some hundred times that. */
    private static final int SLACK_EACH = 512;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final RunningService SERVICE = RunningService.with("pushwire.websocket.ping-interval=0s");
    private static final String MESSAGE = "{\"some\":\"message\"}".repeat(60);

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    @Test
    void holdsNoMoreThanAPlainConnection() {
        HandshakeText plain = HandshakeText.of("/chat/idle");
        HandshakeText compressed = plain.and("Sec-WebSocket-Extensions: permessage-deflate");
        heapOf(CONNECTIONS / 10, compressed); // what is made once, for all
        Moves before = Moves.of(SERVICE, "websocket.deflate.bytes", "stage", "before");

        long forPlain = heapOf(CONNECTIONS, plain);
        long forCompressed = heapOf(CONNECTIONS, compressed);

        before.awaitByAtLeast((double) CONNECTIONS * MESSAGE.length());
        assertThat(forCompressed / CONNECTIONS)
                .as("bytes of heap for each compressed connection")
                .isLessThanOrEqualTo(forPlain / CONNECTIONS + SLACK_EACH);
    }

    /** Of clients too, which are all alike. */
    private static long heapOf(int connections, HandshakeText handshake) {
        long before = Vitals.now().heap();
        try (Crowd crowd =
                Crowd.of(connections, () -> RawClient.connect(SERVICE).upgrade(handshake))) {
            crowd.first().sendText(MESSAGE);
            crowd.forEach(client -> assertThat(client.hearsWithin(PATIENCE)).isTrue());
            return Vitals.now().heap() - before;
        }
    }
}
