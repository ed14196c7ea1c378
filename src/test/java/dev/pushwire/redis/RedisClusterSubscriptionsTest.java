package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One master of a cluster answers nothing for a while. */
@Timeout(180)
class RedisClusterSubscriptionsTest {
    /** Longer than the test takes, so that nothing that stalls is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aMasterThatStallsHoldsUpItsOwnTopicsAlone() throws Exception {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        try (RedisCluster redis = RedisCluster.start(folder, 0)) {
            RedisClusterClient client = redis.client();
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            try (RedisBroker node =
                    new RedisBroker(client, topic -> new Retention(10, Duration.ofMinutes(5)), PATIENCE)) {
                await().atMost(Duration.ofSeconds(30)).until(node::isAvailable);
                redis.master(0).request(commands -> commands.clientPause(PATIENCE.toMillis()));
                List<Future<Position>> stalled = topics(true)
                        .map(topic -> threads.submit(() -> node.subscribe(topic, subscriber)))
                        .toList();
                List<Future<Position>> others = topics(false)
                        .map(topic -> threads.submit(() -> node.subscribe(topic, subscriber)))
                        .toList();
                for (Future<Position> each : others) {
                    assertThat(each.get(60, TimeUnit.SECONDS).offset()).isZero();
                }
                assertThat(stalled).noneMatch(each -> each.state() == Future.State.SUCCESS);
            } finally {
                threads.shutdownNow();
                client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
            }
        }
    }

    private static Stream<TopicPattern> topics(boolean ofFirst) {
        return IntStream.range(0, 300)
                .mapToObj(i -> new TopicName("user." + i))
                .filter(topic -> ofFirst == (RedisCluster.slot(topic) < SlotHash.SLOT_COUNT / 3))
                .map(TopicPattern::exactly);
    }
}
