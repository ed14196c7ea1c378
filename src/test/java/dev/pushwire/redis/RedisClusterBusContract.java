package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.ClusterBusContract;
import dev.pushwire.broker.RecordingNode;
import io.lettuce.core.AbstractRedisClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Three nodes, and a Redis that knows nothing of those of other tests. */
abstract class RedisClusterBusContract extends ClusterBusContract {
    private final List<RecordingNode> listeners =
            List.of(new RecordingNode(), new RecordingNode(), new RecordingNode());
    private List<RedisClusterBus> nodes;

    protected abstract AbstractRedisClient client();

    /** Has Redis forget everything. */
    protected abstract void flush();

    @BeforeEach
    void start() {
        flush();
        nodes = listeners.stream()
                .map(listener -> new RedisClusterBus(
                        client(),
                        listener.name(),
                        listener,
                        new NodeStore(RETENTION, MOST),
                        RETENTION,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500)))
                .toList();
    }

    @AfterEach
    void stop() {
        nodes.forEach(RedisClusterBus::close);
    }

    @Override
    protected List<RecordingNode> listeners() {
        return listeners;
    }

    @Override
    protected List<ClusterBus> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    protected int kept() {
        return nodes.getLast().kept();
    }

    @Override
    protected void pass(Duration time) {
        await().pollDelay(time).until(() -> true);
    }
}
