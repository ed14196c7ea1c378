package dev.pushwire.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ClusterBusOverRedisClusterTest extends RedisClusterBusContract {
    private static RedisCluster redis;
    private static RedisClusterClient client;

    @BeforeAll
    static void startRedis(@TempDir Path folder) {
        redis = RedisCluster.start(folder, 0);
        client = redis.client();
    }

    @AfterAll
    static void stopRedis() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    @Override
    protected AbstractRedisClient client() {
        return client;
    }

    @Override
    protected void flush() {
        try (var connection = client.connect()) {
            connection.sync().flushall();
        }
    }
}
