package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.redis.RedisClusterBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, and a real Redis between them. */
class RedisRecoveryTest extends RecoveryContract {
    @TempDir
    private static Path folder;

    private static RedisNodes all;

    @BeforeAll
    static void start() {
        all = new RedisNodes(folder);
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    @Override
    List<TestServer> nodes() {
        return all.nodes;
    }

    @Test
    void whatANodeLeavesIsTakenOnceAndNotForEver() {
        ClusterBus one = all.nodes.get(0).nodes.bus();
        ClusterBus two = all.nodes.get(1).nodes.bus();
        one.keep(Map.of("a", new byte[] {1, 0, -1}, "b", new byte[0]), Duration.ofMinutes(1));
        one.keep(Map.of("short", new byte[] {1}), Duration.ofMillis(1));
        assertThat(two.take("a")).containsExactly(1, 0, -1);
        assertThat(two.take("a")).isNull();
        assertThat(two.take("b")).isEmpty();
        await().atMost(Duration.ofSeconds(30)).until(() -> two.take("short") == null);
    }

    @Test
    void whatANodeLeavesBehindIsFoundByTheOthers() {
        TestServer leaving = all.add("four");
        TestServer.TestClient client = leaving.open();
        client.send("40" + name + ",");
        String pid = client.awaitStart("40" + name).replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
        Socket socket = leaving.served.socketOf(client.session);
        socket.join("r");
        socket.emit("p", 1);
        client.cut();
        leaving.server.handOver();
        ((RedisClusterBus) leaving.nodes.bus()).close();
        all.nodes.get(1).io.of(name).to("r").emit("a");
        Client back = new Client();
        back.pid = pid;
        back.connect(2);
        assertThat(back.socket().recovered()).isTrue();
        back.awaitEvents("[\"p\",1", "[\"a\"");
        assertThat(back.id()).isEqualTo(socket.id());
    }
}
