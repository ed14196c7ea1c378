package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the configuration changes, nodes with different rules for a topic share it. Each remembers what it is asked to publish by its
 * own rules. What is missing of the history is told.
 */
@Timeout(60)
class ChangedRetentionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RedisServer redis;
    private static RedisClient client;
    private static RedisBroker forgetful;
    private static RedisBroker brief;
    private static RedisBroker lasting;

    private final TopicName topic = new TopicName("room." + UUID.randomUUID());

    @BeforeAll
    static void start(@TempDir Path folder) {
        redis = RedisServer.start(folder, "--appendonly", "no");
        client = redis.client();
        forgetful = node(Retention.NONE);
        brief = node(new Retention(5, Duration.ofSeconds(100)));
        lasting = node(new Retention(100, Duration.ofHours(1)));
    }

    private static RedisBroker node(Retention retention) {
        RedisBroker broker = new RedisBroker(client, topic -> retention, Duration.ofSeconds(5));
        await().atMost(PATIENCE).until(broker::isAvailable);
        return broker;
    }

    @AfterAll
    static void stop() {
        forgetful.close();
        brief.close();
        lasting.close();
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        redis.close();
    }

    private Position publish(RedisBroker node, int count) {
        Position last = null;
        for (int i = 0; i < count; i++) {
            last = node.publish(topic, Payload.text("text"), PublishOptions.NONE)
                    .position();
        }
        return last;
    }

    private void assertRecovers(Position since, long... offsets) {
        History history = lasting.history(topic, since, 100);
        assertThat(history.recovered()).isTrue();
        assertThat(history.publications().stream().mapToLong(Publication::offset))
                .containsExactly(Arrays.stream(offsets).boxed().toArray(Long[]::new));
    }

    private void assertIsTold(Position since) {
        History history = lasting.history(topic, since, 100);
        assertThat(history.recovered()).isFalse();
        assertThat(history.publications()).isEmpty();
    }

    @Test
    void aHoleIsTold() {
        publish(lasting, 4);
        publish(forgetful, 1);
        Position last = publish(lasting, 2);
        assertIsTold(last.at(2)); // 3, 4, 6, 7 are there
        assertIsTold(last.at(3));
        assertIsTold(last.at(4));
        assertRecovers(last.at(5), 6, 7);
        assertRecovers(null, 6, 7);
    }

    @Test
    void aHoleAtTheEndIsTold() {
        publish(lasting, 4);
        Position last = publish(forgetful, 1);
        assertIsTold(last.at(2)); // 3, 4 are there
        assertIsTold(last.at(4));
        assertRecovers(last);
        assertRecovers(null);
    }

    /** What a reader gets in steps is as good as all at once. */
    @Test
    void aStepBeforeAHoleIsWhole() {
        publish(lasting, 4);
        Position last = publish(forgetful, 1);
        History step = lasting.history(topic, last.at(1), 2);
        assertThat(step.recovered()).isTrue();
        assertThat(step.publications()).hasSize(2);
        assertThat(lasting.history(topic, last.at(3), 2).recovered()).isFalse();
    }

    /** Subscribers that are connected miss nothing, whichever node is published to. */
    @Test
    void subscribersGetAllOfIt() {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        lasting.subscribe(TopicPattern.exactly(topic), subscriber);
        publish(lasting, 1);
        publish(forgetful, 1);
        publish(brief, 1);
        publish(lasting, 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told())
                        .containsExactly(topic + ":1 text", topic + ":2 text", topic + ":3 text", topic + ":4 text"));
        lasting.unsubscribe(TopicPattern.exactly(topic), subscriber);
    }

    @Test
    void theSmallerHistoryCutsTheLargerOne() {
        publish(lasting, 10);
        Position last = publish(brief, 1);
        assertIsTold(last.at(5));
        assertRecovers(last.at(6), 7, 8, 9, 10, 11);
        assertThat(publish(lasting, 1).offset()).isEqualTo(12); // and it grows again
        assertRecovers(last.at(6), 7, 8, 9, 10, 11, 12);
    }

    @Test
    void theLastPublicationSaysHowLongTheHistoryIsKept() {
        publish(lasting, 1);
        assertThat(millisToLive()).isGreaterThan(Duration.ofMinutes(50).toMillis());
        publish(brief, 1);
        assertThat(millisToLive()).isLessThanOrEqualTo(Duration.ofSeconds(100).toMillis());
        publish(forgetful, 1);
        assertThat(millisToLive()).isPositive(); // a node without a history leaves it as it is
    }

    private long millisToLive() {
        return redis.request(commands -> commands.pttl(Keys.history(topic)));
    }
}
