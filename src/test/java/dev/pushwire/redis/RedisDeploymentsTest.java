package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.PushClient;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service over each kind of Redis that Spring Boot's properties can name, as the user that the guide gives it. */
@Timeout(90)
class RedisDeploymentsTest {
    @TempDir
    private Path folder;

    private static void assertPublishes(String... settings) {
        try (RunningService service = RunningService.start(settings);
                PushClient client = PushClient.open(service)) {
            for (String topic : new String[] {"one", "two", "three", "four"}) {
                client.subscribe(topic).next("subscribed");
                assertThat(service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString("to " + topic))
                                .statusCode())
                        .isEqualTo(202);
                assertThat(client.next("publication").path("data").asString()).isEqualTo("to " + topic);
            }
            assertThat(service.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCluster() {
        try (RedisCluster redis = RedisCluster.start(folder, 0, RedisUser.options("+cluster|nodes"))) {
            assertPublishes(
                    "pushwire.broker=redis",
                    "spring.data.redis.username=" + RedisUser.NAME,
                    "spring.data.redis.password=" + RedisUser.PASSWORD,
                    "spring.data.redis.cluster.nodes=127.0.0.1:"
                            + redis.master(1).port());
        }
    }

    @Test
    void sentinels() {
        try (RedisSentinels redis = RedisSentinels.start(folder, RedisUser.options())) {
            assertPublishes(
                    "pushwire.broker=redis",
                    "spring.data.redis.username=" + RedisUser.NAME,
                    "spring.data.redis.password=" + RedisUser.PASSWORD,
                    "spring.data.redis.sentinel.master=" + RedisSentinels.name(),
                    "spring.data.redis.sentinel.nodes=127.0.0.1:"
                            + redis.sentinel().port());
        }
    }

    @Test
    void oneServer() {
        try (RedisServer redis = RedisServer.startBelow(folder, RedisUser.options())) {
            assertPublishes(
                    "pushwire.broker=redis",
                    "spring.data.redis.url=redis://" + RedisUser.NAME + ":" + RedisUser.PASSWORD + "@127.0.0.1:"
                            + redis.port());
        }
    }
}
