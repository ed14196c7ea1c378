package dev.pushwire.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** With a Redis user that may do no more than the guide says. */
class RedisAclClusterBusTest extends RedisClusterBusContract {
    private static RedisServer redis;
    private static RedisClient client;

    @BeforeAll
    static void startRedis(@TempDir Path folder) {
        redis = RedisServer.startBelow(folder, RedisUser.options());
        client = RedisServer.client(RedisUser.on(redis));
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
        redis.request(commands -> commands.flushall());
    }
}
