package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerContract;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes take turns. */
class RedisBrokerTest extends BrokerContract {
    private static RedisServer redis;
    private static RedisClient client;
    private static List<RedisBroker> nodes;

    private final AtomicInteger turn = new AtomicInteger();

    @BeforeAll
    static void start(@TempDir Path folder) {
        redis = RedisServer.start(folder, "--appendonly", "no");
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

    /** A colon may stand in both, and says nothing of where the one ends and the other begins. */
    @Test
    void anIdempotencyKeyIsNoPartOfATopicsName() {
        TopicName shorter = topic("user");
        TopicName longer = new TopicName(shorter.value() + ":z"); // the hash of both is the same in its last digits
        broker().publish(shorter, Payload.text("a"), new PublishOptions("z:order", null));
        PublishOptions order = new PublishOptions("order", null);
        assertThat(broker().publish(longer, Payload.text("a"), order).duplicate())
                .isFalse();
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
