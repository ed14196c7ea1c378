package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.redis.RedisServer;
import dev.pushwire.transport.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients with their default settings, behind a proxy that sends each request to the next of two nodes. None fails, and
 * all continue over a WebSocket.
 */
@Timeout(150)
class SocketIoNodesTest {
    private static final int CONNECTS = 300;
    private static final int CLIENTS = 20;
    private static final int EMITS = 250; // and as many that are acknowledged: 10,000 in all, each way
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String POLL = "/socket.io/?EIO=4&transport=polling&sid=";

    @TempDir
    private static Path folder;

    @TempDir
    private static Path proxies;

    private static RedisServer redis;
    private static RunningService one;
    private static RunningService other;

    @BeforeAll
    static void start() {
        NodeClient.requireInstalled("socket.io-client");
        redis = RedisServer.start(folder);
        one = node();
        other = node();
        awaitEachOther(one, other);
    }

    private static RunningService node() {
        return RunningService.start(
                new Class<?>[] {SocketIoTestNamespaces.class},
                "pushwire.broker=redis",
                "pushwire.demo.enabled=false",
                "spring.data.redis.port=" + redis.port(),
                "pushwire.socketio.ping-interval=1s",
                "pushwire.websocket.allowed-origins=*");
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    /** Waits until both nodes take part in the namespace, and pass on requests to each other. */
    private static void awaitEachOther(RunningService... services) {
        for (RunningService service : services) {
            SocketIoClient.connect(service, "/").close();
            String sid = SocketIoClient.sid(service);
            for (RunningService asked : services) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> asked.get(POLL + sid).statusCode() == 200);
            }
        }
    }

    @Test
    void needNoStickySessions() throws Exception {
        double moved = movedSessions();
        try (Proxy nginx = Proxy.nginx(List.of(one.address(), other.address()), proxies, List.of(), PATIENCE)) {
            String url = "http://localhost:" + nginx.port();
            try (NodeScript script = NodeScript.start("socketio-connects.mjs", url, CONNECTS)) {
                assertThat(script.lines()).containsExactly("done " + CONNECTS);
            }
            try (NodeScript script = NodeScript.start("socketio-upgrade.mjs", url, CLIENTS, EMITS)) {
                assertThat(script.lines()).containsExactly("websocket true true true");
            }
        }
        assertThat(movedSessions() - moved)
                .as("sessions whose WebSocket came to their own node")
                .isBetween(1.0, CONNECTS + CLIENTS - 1.0);
    }

    private static double movedSessions() {
        return one.meter("websocket.connections.closed", "ending", "SessionMoved")
                + other.meter("websocket.connections.closed", "ending", "SessionMoved");
    }

    @Test
    void messagesOfAnySizeGoOverAWebSocketOfAnotherNode() {
        try (SocketIoClient client = SocketIoClient.upgraded(one, other).send("40")) {
            assertThat(client.next()).startsWith("40{");
            assertThat(client.next()).isEqualTo("42[\"auth\",{}]");
            assertThat(other.meter("socketio.relayed")).isOne();
            for (int size : new int[] {0, 1, 400_000, 1_000_000}) {
                byte[] data = new byte[size];
                new Random(size).nextBytes(data);
                client.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]")
                        .send(data);
                assertThat(client.next()).startsWith("451-[\"message-back\"");
                assertThat(client.next()).isEqualTo(SocketIoClient.binary(data));
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> other.meter("socketio.relayed") == 0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.meter("websocket.connections.active", "transport", "polling") == 0);
    }

    @Test
    void theWebSocketOfAnotherNodeEndsAsTheSessionDoes() {
        try (SocketIoClient client = SocketIoClient.upgraded(one, other).send("40")) {
            assertThat(client.next()).startsWith("40{");
            assertThat(client.next()).isEqualTo("42[\"auth\",{}]");
            client.send("42[\"close-me\"]");
            assertThat(client.next()).isEqualTo("41");
            assertThat(client.next()).isEqualTo("closed 1000 ");
        }
        try (SocketIoClient client = SocketIoClient.upgraded(one, other).send("abc")) {
            assertThat(client.next()).isEqualTo("closed 4400 that is no Socket.IO");
        }
    }

    @Test
    void pollsEndWithTheUpgradeOnAnotherNode() {
        String sid = SocketIoClient.sid(one);
        try (SocketIoClient client = SocketIoClient.opened(other, sid).send("2probe")) {
            assertThat(client.next()).isEqualTo("3probe");
            assertThat(one.get(POLL + sid).body()).isEqualTo("6");
            client.send("5").send("40");
            assertThat(client.next()).startsWith("40{");
            assertThat(one.get(POLL + sid).statusCode()).isEqualTo(400);
            SocketIoClient second = SocketIoClient.opened(other, sid).send("2probe");
            assertThat(second.next()).isEqualTo("closed 1000 ");
            client.send("42[\"message\",1]");
            assertThat(client.next()).isEqualTo("42[\"auth\",{}]");
            assertThat(client.next()).isEqualTo("42[\"message-back\",1]");
        }
    }

    @Test
    void pollsGoOnWhereTheProbeOnAnotherNodeIsGivenUp() {
        String sid = SocketIoClient.sid(one);
        try (SocketIoClient client = SocketIoClient.opened(other, sid).send("2probe")) {
            assertThat(client.next()).isEqualTo("3probe");
            client.send("what?");
            assertThat(client.next()).isEqualTo("closed 1000 ");
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !one.get(POLL + sid).body().equals("6"));
        try (SocketIoClient client = SocketIoClient.opened(other, sid).send("2probe")) {
            assertThat(client.next()).isEqualTo("3probe");
        }
    }
}
