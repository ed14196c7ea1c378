package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slots of a cluster move and masters die while two nodes publish; subscribers are there by name and by pattern. */
@Timeout(90)
class RedisClusterInterruptionTest {
    private static final TopicName TOPIC = RedisCluster.topicOfFirst("room.n");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private RedisCluster redis;
    private final List<RedisClusterClient> clients = new ArrayList<>();
    private List<RedisBroker> nodes;
    private final RecordingSubscriber byName = new RecordingSubscriber();
    private final RecordingSubscriber byPattern = new RecordingSubscriber();

    @BeforeEach
    void start() {
        redis = RedisCluster.start(folder, 1);
        nodes = List.of(node(), node());
        nodes.get(0).subscribe(TopicPattern.exactly(TOPIC), byName);
        nodes.get(1).subscribe(new TopicPattern("room.*"), byPattern);
    }

    private RedisBroker node() {
        RedisClusterClient client = redis.client();
        clients.add(client);
        return new RedisBroker(client, topic -> new Retention(10_000, Duration.ofMinutes(5)), Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        nodes.forEach(RedisBroker::close);
        clients.forEach(client -> client.shutdown(Duration.ZERO, RedisServer.TIMEOUT));
        redis.close();
    }

    private NumberedLoad load(int count) {
        return new NumberedLoad(TOPIC, count, nodes);
    }

    @Test
    void aSlotThatMovesToAnotherMasterLosesNothing() {
        NumberedLoad load = load(1000);
        load.awaitAcknowledged(300);
        redis.moveToSecond(RedisCluster.slot(TOPIC));
        load.awaitEnd(List.of(byName, byPattern));
        assertThat(load.assertOnceInOrderOrTold(byName)).isZero();
        assertThat(load.assertOnceInOrderOrTold(byPattern)).isZero();
    }

    /** Replicas follow a little later: what they had not got yet is lost, and whoever knows of it is told. */
    @Test
    void whenAReplicaTakesOverAllIsThereOrSubscribersAreTold() {
        NumberedLoad load = load(1000);
        load.awaitAcknowledged(300);
        redis.master(0).kill();
        load.awaitEnd(List.of(byName, byPattern));
        load.assertOnceInOrderOrTold(byName);
        load.assertOnceInOrderOrTold(byPattern);
    }

    @Test
    void whileAMasterWithoutReplicaIsAwayTheBrokerIs() {
        redis.master(2).kill();
        await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(RedisBroker::isAvailable));
        redis.master(2).start();
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(RedisBroker::isAvailable));
        NumberedLoad load = load(10);
        load.awaitEnd(List.of(byName, byPattern));
        assertThat(load.assertOnceInOrderOrTold(byPattern)).isZero();
    }
}
