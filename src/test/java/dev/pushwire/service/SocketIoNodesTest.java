package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.redis.RedisServer;
import dev.pushwire.transport.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients as they come, through a proxy that sends each request to the next of two nodes: none fails. */
@Timeout(150)
class SocketIoNodesTest {
    private static final int CONNECTS = 200;
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";

    @TempDir
    private Path folder;

    @TempDir
    private Path proxies;

    @BeforeAll
    static void require() {
        NodeClient.requireInstalled("socket.io-client");
    }

    @Test
    void needNoStickySessions() throws Exception {
        RedisServer redis = RedisServer.start(folder);
        String[] settings = {
            "pushwire.broker=redis",
            "spring.data.redis.port=" + redis.port(),
            "pushwire.socketio.ping-interval=1s",
            "pushwire.websocket.allowed-origins=*"
        };
        try (redis;
                RunningService one = RunningService.start(settings);
                RunningService other = RunningService.start(settings)) {
            awaitEachOther(one, other);
            connectThroughNginx(one, other);
        }
    }

    private void connectThroughNginx(RunningService one, RunningService other) throws Exception {
        try (Proxy nginx = Proxy.nginx(List.of(one.address(), other.address()), proxies, List.of());
                NodeScript script =
                        NodeScript.start("socketio-connects.mjs", "http://localhost:" + nginx.port(), CONNECTS)) {
            assertThat(script.lines()).containsExactly("done " + CONNECTS);
            for (RunningService each : List.of(one, other)) {
                assertThat(each.meter("websocket.connections.opened", "transport", "polling"))
                        .isPositive();
            }
        }
    }

    /** Both take part in the namespace, and pass on requests to each other: nginx gives an answer two seconds. */
    private static void awaitEachOther(RunningService... services) {
        for (RunningService service : services) {
            SocketIoClient.connect(service, "/").close();
            String opening = service.get(PATH).body();
            String sid = opening.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            for (RunningService asked : services) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> asked.get(PATH + "&sid=" + sid).statusCode() == 200);
            }
        }
    }
}
