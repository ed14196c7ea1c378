package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.socketio.TestServer.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, and a real Redis between them. */
class RedisNodesTest extends NodesContract {
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
    void whileRedisIsAwayWhatConcernsOneNodeGoesOnAndTheRestIsRefused() {
        TestServer node = nodes().getFirst();
        Emitter away = node.io.of("/test-away");
        TestClient client = node.connect("/test-away");
        Socket socket = node.served.socketOf(client.session);
        TestClient elsewhere = nodes().get(1).connect("/test-away");
        all.redis.kill();
        try {
            assertThatThrownBy(() -> away.emit("x")).isInstanceOf(BrokerUnavailableException.class);
            assertThatThrownBy(() -> away.socketsJoin("r")).isInstanceOf(BrokerUnavailableException.class);
            assertThat(away.emitWithAck("x").join().complete()).isFalse();
            assertThat(away.fetchSockets().complete()).isFalse();
            assertThat(away.fetchSockets().sockets()).extracting(SocketInfo::id).containsExactly(socket.id());
            socket.emit("y");
            client.awaitMessage("42/test-away,[\"y\"]");
            TestClient second = node.connect("/test-away");
            second.send("42/test-away,1[\"sum\",1,2]").awaitMessage("43/test-away,1[3]");
            assertThat(node.told).contains("unavailable /test-.+");
            TestClient first = node.open();
            first.send("40/test-first,");
            await().atMost(Duration.ofSeconds(30)).until(() -> first.session.closedWith() != null);
            assertThat(node.told).contains("refused /test-.+ UNAVAILABLE");
        } finally {
            all.redis.start();
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            away.emit("z");
            return elsewhere.messages().contains("42/test-away,[\"z\"]");
        });
        client.awaitMessage("42/test-away,[\"z\"]");
        assertThat(client.messages()).doesNotContain("42/test-away,[\"x\"]");
    }
}
