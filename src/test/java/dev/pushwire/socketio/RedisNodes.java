package dev.pushwire.socketio;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.redis.RedisBroker;
import dev.pushwire.redis.RedisClusterBus;
import dev.pushwire.redis.RedisServer;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Three nodes, and a real Redis between them. */
final class RedisNodes implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    final RedisServer redis;
    private final RedisClient client;
    final List<TestServer> nodes = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    RedisNodes(Path folder) {
        redis = RedisServer.start(folder);
        open.add(redis);
        client = redis.client();
        open.add(client::shutdown);
        List.of("one", "two", "three").forEach(name -> nodes.add(add(name)));
    }

    /** One node more. */
    TestServer add(String name) {
        return add(name, bus -> bus, NodeSearches.UNLIMITED);
    }

    /** @param around what the node has in the place of its bus */
    TestServer add(String name, UnaryOperator<ClusterBus> around, NodeSearches searches) {
        NodeName self = new NodeName(name);
        RedisBroker broker =
                new RedisBroker(client, topic -> NamespaceTopics.retention(topic, TestServer.RECOVERY), TIMEOUT);
        RedisClusterBus bus = new RedisClusterBus(client, self, TestServer.NOBODY, Duration.ofHours(1), TIMEOUT);
        open.add(broker);
        open.add(bus);
        return new TestServer(true, new SocketIoNodes(self, broker, around.apply(bus), searches)).serving();
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
