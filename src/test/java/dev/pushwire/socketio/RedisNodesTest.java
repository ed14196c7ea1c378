package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.Retention;
import dev.pushwire.redis.RedisBroker;
import dev.pushwire.redis.RedisClusterBus;
import dev.pushwire.redis.RedisServer;
import dev.pushwire.socketio.TestServer.TestClient;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, and a real Redis between them. */
class RedisNodesTest extends NodesContract {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private static RedisServer redis;
    private static final List<TestServer> NODES = new ArrayList<>();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @BeforeAll
    static void start() {
        redis = RedisServer.start(folder);
        OPEN.add(redis);
        RedisClient client = redis.client();
        OPEN.add(client::shutdown);
        for (String name : List.of("one", "two", "three")) {
            NodeName self = new NodeName(name);
            RedisBroker broker = new RedisBroker(client, _ -> Retention.NONE, TIMEOUT);
            RedisClusterBus bus = new RedisClusterBus(client, self, TestServer.NOBODY, Duration.ofHours(1), TIMEOUT);
            OPEN.add(broker);
            OPEN.add(bus);
            NODES.add(new TestServer(true, new SocketIoNodes(self, broker, bus)).serving());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : OPEN.reversed()) {
            each.close();
        }
        OPEN.clear();
        NODES.clear();
    }

    @Override
    List<TestServer> nodes() {
        return NODES;
    }

    @Test
    void whileRedisIsAwayWhatConcernsOneNodeGoesOnAndTheRestIsRefused() {
        TestServer node = NODES.getFirst();
        Emitter all = node.io.of("/test-away");
        TestClient client = node.connect("/test-away");
        Socket socket = node.served.socketOf(client.session);
        TestClient elsewhere = NODES.get(1).connect("/test-away");
        redis.kill();
        try {
            assertThatThrownBy(() -> all.emit("x")).isInstanceOf(BrokerUnavailableException.class);
            assertThatThrownBy(() -> all.socketsJoin("r")).isInstanceOf(BrokerUnavailableException.class);
            assertThat(all.emitWithAck("x").join().complete()).isFalse();
            assertThat(all.fetchSockets().complete()).isFalse();
            assertThat(all.fetchSockets().sockets()).extracting(SocketInfo::id).containsExactly(socket.id());
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
            redis.start();
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            all.emit("z");
            return elsewhere.messages().contains("42/test-away,[\"z\"]");
        });
        client.awaitMessage("42/test-away,[\"z\"]");
        assertThat(client.messages()).doesNotContain("42/test-away,[\"x\"]");
    }
}
