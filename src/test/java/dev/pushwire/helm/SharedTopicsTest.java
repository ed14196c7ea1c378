package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Tokens;
import dev.pushwire.prometheus.LiveService;
import dev.pushwire.redis.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as the chart runs it with Redis, tokens and all that is secret in Secrets of the operator's own. */
class SharedTopicsTest {
    private static final String PASSWORD = "the-password-of-redis";
    private static final String KEY = "0123456789abcdef";

    @TempDir
    private static Path directory;

    @TempDir
    private static Path redisDirectory;

    private static RedisServer redis;
    private static RedisClient admin;
    private static RedisCommands<String, String> adminCommands;
    private static LiveService service;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        redis = RedisServer.start(redisDirectory);
        admin = redis.client();
        adminCommands = admin.connect().sync(); // stays logged in: the password is asked of those who come from now on
        adminCommands.configSet("requirepass", PASSWORD);
        Chart chart = Chart.with("""
                broker: {type: redis, redis: {host: 127.0.0.1, port: %d, existingSecret: redis}}
                access: {anonymous: false, jwt: {existingSecret: tokens}}
                api: {keys: {shop: {existingSecret: keys}}}
                topics: [{name: news, history-size: 7, history-ttl: 1m, subscribe: authenticated}]
                """.formatted(redis.port()))
                .besidesSecret("redis", Map.of("redis-password", PASSWORD + "\n"))
                .besidesSecret("tokens", Map.of("jwt-secret", Tokens.SECRET))
                .besidesSecret("keys", Map.of("key", KEY + "\n"));
        service = LiveService.start(directory, chart);
    }

    @AfterAll
    static void stop() {
        service.close();
        admin.close();
        redis.close();
    }

    @Test
    void reachesRedisWithThePassword() throws Exception {
        assertThat(get(service.management("/actuator/health"), "").body()).contains("\"broker\":{\"status\":\"UP\"}");
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(service.api("/topics/news"))
                        .header("Authorization", "Bearer " + KEY)
                        .POST(BodyPublishers.ofString("hello"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(adminCommands.keys("*history:news")).hasSize(1);
    }

    @Test
    void takesTheTokensAndTheTopicsOfTheChart() throws Exception {
        URI topic = service.api("/api/topics/news");
        assertThat(get(topic, "").statusCode()).isEqualTo(401);
        assertThat(get(topic, Tokens.of("ada").signed()).body())
                .contains("\"historySize\":7", "\"subscribe\":\"authenticated\"");
    }

    private HttpResponse<String> get(URI uri, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
