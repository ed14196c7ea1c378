package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerContract;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes take turns, with a Redis user that may do no more than the guide says. */
class RedisAclTest extends BrokerContract {
    private static RedisServer redis;
    private static RedisClient client;
    private static List<RedisBroker> nodes;

    private final AtomicInteger turn = new AtomicInteger();

    @BeforeAll
    static void start(@TempDir Path folder) {
        redis = RedisServer.startBelow(folder, RedisUser.options());
        client = RedisServer.client(RedisUser.on(redis));
        nodes = List.of(node(), node());
    }

    private static RedisBroker node() {
        RedisBroker node =
                new RedisBroker(client, BrokerContract::retention, Duration.ofSeconds(5), Duration.ofMillis(500));
        await().atMost(Duration.ofSeconds(30)).until(node::isAvailable);
        return node;
    }

    @AfterAll
    static void stop() {
        nodes.forEach(RedisBroker::close);
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
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

    @Test
    void nothingElseIsAllowed() {
        RedisClient other = RedisClient.create(RedisUser.on(redis));
        try (var connection = other.connect()) {
            RedisCommands<String, String> commands = connection.sync();
            List<Consumer<RedisCommands<String, String>>> forbidden = List.of(
                    RedisCommands::flushall,
                    it -> it.keys("*"),
                    it -> it.configGet("*"),
                    it -> it.hvals("other"),
                    it -> it.set("other", "y"),
                    it -> it.publish("{pushwire-0}:x", "y"),
                    it -> it.eval("return redis.call('FLUSHALL')", ScriptOutputType.STATUS),
                    it -> it.eval("return redis.call('GET', 'x')", ScriptOutputType.VALUE));
            for (Consumer<RedisCommands<String, String>> each : forbidden) {
                assertThatExceptionOfType(RedisCommandExecutionException.class)
                        .isThrownBy(() -> each.accept(commands))
                        .withMessageMatching("(NOPERM|ERR The user executing the script can't).*");
            }
        } finally {
            other.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        }
    }
}
