package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.engineio.WaitingPolls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A dialogue in raw frames and requests with the reference server, npm's socket.io, and the same with this service: what comes back is
 * the same, line by line, but for the {@link SocketIoDeviations}.
 */
@Timeout(300)
class SocketIoTranscriptTest {
    private static final int PING_INTERVAL = 1000;
    private static final int PING_TIMEOUT = 10_000;
    private static final int CONNECT_TIMEOUT = 5000;

    private final RunningService webSockets = service(
            "pushwire.socketio.transports=websocket",
            "pushwire.socketio.ping-interval=" + PING_INTERVAL + "ms",
            "pushwire.socketio.ping-timeout=" + PING_TIMEOUT + "ms",
            "pushwire.socketio.connect-timeout=" + CONNECT_TIMEOUT + "ms");

    /** Nobody pings: what a poll is answered with is what the scenario says. */
    private final RunningService calm = service("pushwire.socketio.ping-interval=1h");

    private final RunningService polling = service(
            "pushwire.socketio.transports=polling",
            "pushwire.websocket.allowed-origins=https://app.example.com",
            "pushwire.websocket.max-message-size=10000",
            "pushwire.socketio.ping-interval=" + PING_INTERVAL + "ms",
            "pushwire.socketio.ping-timeout=" + PING_TIMEOUT + "ms",
            "pushwire.socketio.connect-timeout=" + CONNECT_TIMEOUT + "ms");

    private static RunningService service(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("pushwire.demo.enabled=false");
        return RunningService.with(
                new Class<?>[] {SocketIoTestNamespaces.class, WaitingPolls.class}, all.toArray(String[]::new));
    }

    @BeforeAll
    static void require() {
        NodeClient.requireInstalled("socket.io");
    }

    /** Both at once, for some scenarios wait for a time to be over. */
    @Test
    void isThatOfTheReferenceServer() throws Exception {
        try (NodeScript reference =
                NodeScript.start("socketio-reference.mjs", PING_INTERVAL, PING_TIMEOUT, CONNECT_TIMEOUT)) {
            String[] ports = reference.line().split(" ");
            CompletableFuture<List<String>> theirs = transcript(
                    "http://127.0.0.1:" + ports[0], "http://127.0.0.1:" + ports[1], "http://127.0.0.1:" + ports[2]);
            CompletableFuture<List<String>> ours = transcript(webSockets.http(""), calm.http(""), polling.http(""));
            assertThat(theirs.join())
                    .hasSizeGreaterThan(400)
                    .contains("< 42[\"message-back\",{\"z\":1,\"a\":{\"y\":2,\"b\":3}}]", "closed", "refused")
                    .noneMatch(line -> line.startsWith("failed"));
            assertSame(SocketIoDeviations.scenarios(ours.join()), SocketIoDeviations.expected(theirs.join()));
            assertThat(webSockets.meter("socketio.disconnects", "reason", "ping_timeout"))
                    .isOne();
        }
    }

    private static void assertSame(Map<String, List<String>> ours, Map<String, List<String>> expected) {
        assertThat(ours.keySet()).containsExactlyElementsOf(expected.keySet());
        SoftAssertions.assertSoftly(all -> expected.forEach(
                (name, lines) -> all.assertThat(ours.get(name)).as(name).isEqualTo(lines)));
    }

    private static CompletableFuture<List<String>> transcript(Object webSockets, Object calm, Object polling) {
        return CompletableFuture.supplyAsync(() -> {
            try (NodeScript script = NodeScript.start("socketio-transcript.mjs", webSockets, calm, polling)) {
                return script.lines();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
