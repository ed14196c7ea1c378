package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is subscribed to a pattern is cut off from Redis for a moment, and publications are made meanwhile. */
@Timeout(60)
class RedisWildcardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private RedisServer redis;
    private Bridge bridge;
    private final List<RedisClient> clients = new ArrayList<>();
    private RedisBroker node;
    private RedisBroker other;
    private final RecordingSubscriber subscriber = new RecordingSubscriber();

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        bridge = Bridge.to(redis.port());
        node = node(bridge.port());
        other = node(redis.port());
        await().atMost(PATIENCE).until(() -> node.isAvailable() && other.isAvailable());
    }

    private RedisBroker node(int port) {
        RedisClient client = RedisServer.client(RedisURI.create("127.0.0.1", port));
        clients.add(client);
        return new RedisBroker(
                client,
                topic -> topic.value().startsWith("room.plain")
                        ? Retention.NONE
                        : new Retention(10, Duration.ofMinutes(5)),
                Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
        clients.forEach(client -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
        bridge.close();
        redis.close();
    }

    private void publish(String topic, String text) {
        other.publish(new TopicName(topic), Payload.text(text), PublishOptions.NONE);
    }

    private void whileTheNodeIsCutOff(Runnable action) {
        bridge.raise();
        action.run();
        bridge.lower();
    }

    private void subscribe(String pattern) {
        node.subscribe(new TopicPattern(pattern), subscriber);
    }

    private void assertTold(String... what) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told()).containsExactlyInAnyOrder(what));
    }

    @Test
    void whatATopicBeganWithMeanwhileIsGiven() {
        subscribe("room.*");
        whileTheNodeIsCutOff(() -> {
            publish("room.new", "one");
            publish("room.new", "two");
            publish("hall.new", "unwanted");
        });
        await().atMost(PATIENCE).until(() -> subscriber.told().size() == 2);
        publish("room.new", "three");
        assertTold("room.new:1 one", "room.new:2 two", "room.new:3 three");
        assertThat(subscriber.offsets(new TopicName("room.new"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void ofATopicThatWasThereBeforeOnlyWhatIsNewIsGiven() {
        publish("room.old", "one");
        publish("room.old", "two");
        subscribe("room.*");
        publish("room.other", "seen");
        assertTold("room.other:1 seen");
        whileTheNodeIsCutOff(() -> {
            publish("room.old", "three");
            publish("room.old", "four");
            publish("room.other", "missed");
        });
        assertTold("room.other:1 seen", "room.old:3 three", "room.old:4 four", "room.other:2 missed");
        assertThat(subscriber.offsets(new TopicName("room.old"))).containsExactly(3L, 4L);
    }

    @Test
    void manyTopicsOfOnePartitionAreGivenEachOnce() {
        List<String> topics = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "room.n" + i)
                .filter(topic -> Keys.partition(new TopicName(topic)) == 7)
                .limit(PartitionStore.STEP + 50)
                .toList();
        subscribe("room.*");
        whileTheNodeIsCutOff(() -> {
            topics.forEach(topic -> publish(topic, "first"));
            topics.reversed().forEach(topic -> publish(topic, "second"));
        });
        await().atMost(PATIENCE).until(() -> subscriber.told().size() >= 2 * topics.size());
        for (String topic : topics) {
            assertThat(subscriber.offsets(new TopicName(topic))).containsExactly(1L, 2L);
        }
    }

    @Test
    void whereTheHistoryDoesNotReachBackSubscribersAreTold() {
        subscribe("room.*");
        whileTheNodeIsCutOff(() -> {
            for (int i = 1; i <= 20; i++) {
                publish("room.long", Integer.toString(i));
            }
            publish("room.plain", "not remembered");
        });
        await().atMost(PATIENCE).until(() -> subscriber.told().size() == 2);
        publish("room.long", "after");
        publish("room.plain", "after");
        assertTold(
                "room.long resumed from 20 incomplete",
                "room.long:21 after",
                "room.plain resumed from 1 incomplete",
                "room.plain:2 after");
    }

    @Test
    void aRestartOfRedisInBetweenLosesNothing() {
        subscribe("room.*");
        publish("room.a", "one");
        assertTold("room.a:1 one");
        redis.kill();
        await().atMost(PATIENCE).until(() -> !node.isAvailable() && !other.isAvailable());
        redis.start();
        await().atMost(PATIENCE).until(() -> other.isAvailable());
        publish("room.b", "while the other node may not be back");
        publish("room.a", "two");
        assertTold(
                "room.a:1 one",
                "room.a resumed from 1",
                "room.a:2 two",
                "room.b:1 while the other node may not be back");
    }

    @Test
    void whoeverIsLeftByNameGoesOnByPattern() {
        subscribe("room.*");
        subscribe("room.a");
        publish("room.a", "one");
        assertTold("room.a:1 one");
        node.unsubscribe(new TopicPattern("room.a"), subscriber);
        publish("room.a", "two");
        whileTheNodeIsCutOff(() -> publish("room.a", "three"));
        assertTold("room.a:1 one", "room.a:2 two", "room.a:3 three");
    }
}
