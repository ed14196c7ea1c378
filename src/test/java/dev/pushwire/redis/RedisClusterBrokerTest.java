package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerContract;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes take turns with a cluster of three masters. */
class RedisClusterBrokerTest extends BrokerContract {
    private static RedisCluster redis;
    private static RedisClusterClient client;
    private static List<RedisBroker> nodes;

    private final AtomicInteger turn = new AtomicInteger();

    @BeforeAll
    static void start(@TempDir Path folder) {
        redis = RedisCluster.start(folder, 0);
        client = redis.client();
        nodes = List.of(node(), node());
    }

    private static RedisBroker node() {
        return new RedisBroker(client, BrokerContract::retention, Duration.ofSeconds(5));
    }

    @AfterAll
    static void stop() {
        nodes.forEach(RedisBroker::close);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    @Override
    protected Broker broker() {
        return nodes.get(turn.getAndIncrement() % nodes.size());
    }

    @Override
    protected void pass(Duration time) {
        await().pollDelay(time).until(() -> true);
    }
}
