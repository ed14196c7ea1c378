package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A dialogue in raw frames with the reference server, npm's socket.io, and the same with this service: what comes back is the same,
 * line by line.
 */
@Timeout(300)
class SocketIoTranscriptTest {
    private static final int PING_INTERVAL = 1000;
    private static final int PING_TIMEOUT = 10_000;
    private static final int CONNECT_TIMEOUT = 5000;

    @BeforeAll
    static void require() {
        NodeClient.requireInstalled("socket.io");
    }

    @Test
    void isThatOfTheReferenceServer() throws Exception {
        RunningService service = RunningService.with(
                new Class<?>[] {SocketIoTestNamespaces.class},
                "pushwire.demo.enabled=false",
                "pushwire.socketio.ping-interval=" + PING_INTERVAL + "ms",
                "pushwire.socketio.ping-timeout=" + PING_TIMEOUT + "ms",
                "pushwire.socketio.connect-timeout=" + CONNECT_TIMEOUT + "ms");
        try (NodeScript reference =
                NodeScript.start("socketio-reference.mjs", PING_INTERVAL, PING_TIMEOUT, CONNECT_TIMEOUT)) {
            List<String> expected = transcript("http://127.0.0.1:" + reference.line());
            assertThat(expected)
                    .hasSizeGreaterThan(400)
                    .contains("< 42[\"message-back\",{\"z\":1,\"a\":{\"y\":2,\"b\":3}}]", "closed", "refused")
                    .noneMatch(line -> line.startsWith("failed"));
            assertThat(transcript(service.http("").toString())).isEqualTo(expected);
            assertThat(service.meter("socketio.disconnects", "reason", "ping_timeout"))
                    .isOne();
        }
    }

    private static List<String> transcript(String url) throws Exception {
        try (NodeScript script = NodeScript.start("socketio-transcript.mjs", url)) {
            return script.lines();
        }
    }
}
