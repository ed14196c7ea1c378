package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscriber that is behind, like one on an event loop that has too much to do. */
@Timeout(120)
class SlowSubscriberTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicName SLOW = new TopicName("kept.slow");

    @TempDir
    private Path folder;

    private RedisServer redis;
    private RedisClient client;
    private RedisBroker node;
    private RedisBroker other;
    private final RecordingSubscriber fast = new RecordingSubscriber();
    private final Behind slow = new Behind();

    /** Has no room before it catches up. */
    private static final class Behind implements Subscriber {
        private final RecordingSubscriber told = new RecordingSubscriber();
        private final CountDownLatch caughtUp = new CountDownLatch(1);

        @Override
        public void published(Publication publication) {
            told.published(publication);
        }

        @Override
        public void resumed(TopicName topic, Position from, boolean complete) {
            told.resumed(topic, from, complete);
        }

        @Override
        public void joined(TopicName topic, Member member) {
            told.joined(topic, member);
        }

        @Override
        public void left(TopicName topic, Member member) {
            told.left(topic, member);
        }

        @Override
        public Runnable heldBack() {
            return caughtUp.getCount() == 0
                    ? null
                    : () -> {
                        try {
                            caughtUp.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    };
        }
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder, "--appendonly", "no");
        client = redis.client();
        node = node();
        other = node();
    }

    private RedisBroker node() {
        RedisBroker broker = new RedisBroker(
                client,
                topic ->
                        topic.value().startsWith("kept.") ? new Retention(1000, Duration.ofMinutes(5)) : Retention.NONE,
                Duration.ofSeconds(5),
                Duration.ofMillis(300));
        await().atMost(PATIENCE).until(broker::isAvailable);
        return broker;
    }

    @AfterEach
    void stop() {
        slow.caughtUp.countDown();
        node.close();
        other.close();
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        redis.close();
    }

    private void publish(TopicName topic, int count, String text) {
        for (int i = 0; i < count; i++) {
            other.publish(topic, Payload.text(text), PublishOptions.NONE);
        }
    }

    private void subscribe(String pattern, Subscriber subscriber) {
        node.subscribe(new TopicPattern(pattern), subscriber);
    }

    private void assertFastIsNotDelayed(String text) {
        long before = fast.publications().size();
        publish(new TopicName("fast"), 1, text);
        await().atMost(PATIENCE).until(() -> fast.publications().size() == before + 1);
    }

    private void assertSlowGetsAll(long count) {
        slow.caughtUp.countDown();
        List<Long> all = LongStream.rangeClosed(1, count).boxed().toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(slow.told.offsets(SLOW)).isEqualTo(all));
        assertThat(slow.told.told()).noneMatch(line -> line.endsWith("incomplete"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept.slow", "kept.*"})
    void aTopicThatMustWaitDelaysNoOther(String pattern) {
        subscribe(pattern, slow);
        subscribe("fast", fast);
        publish(SLOW, 10, "m");
        assertFastIsNotDelayed("one");
        assertThat(slow.told.publications()).hasSizeLessThan(3);
        publish(SLOW, 10, "m");
        assertFastIsNotDelayed("two");
        assertThat(node.topicsBehind()).isOne();
        assertThat(node.waitingBytes()).isGreaterThan(10);
        assertSlowGetsAll(20);
        await().atMost(PATIENCE).until(() -> node.topicsBehind() == 0 && node.waitingBytes() == 0);
        publish(SLOW, 1, "m");
        assertSlowGetsAll(21);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept.slow", "kept.*"})
    void anInterruptionMeanwhileLosesNothing(String pattern) {
        subscribe(pattern, slow);
        subscribe("fast", fast);
        publish(SLOW, 5, "m");
        assertFastIsNotDelayed("one");
        node.cutOff();
        publish(SLOW, 5, "m");
        await().atMost(PATIENCE).until(node::isAvailable);
        publish(SLOW, 5, "m");
        assertFastIsNotDelayed("two");
        assertSlowGetsAll(15);
    }

    /** More than a topic may keep waiting, and that several times. */
    @Test
    void whatIsTooMuchToKeepIsReadLater() {
        subscribe(SLOW.value(), slow);
        subscribe("fast", fast);
        int count = (int) (3 * Detours.MOST / 100_000);
        publish(SLOW, count, "x".repeat(100_000));
        other.join(SLOW, new Member("ada", null, null));
        assertFastIsNotDelayed("one");
        assertThat(slow.told.publications()).hasSizeLessThan(3);
        assertSlowGetsAll(count);
        await().atMost(PATIENCE).until(() -> slow.told.told().contains(SLOW + " joined ada"));
    }

    @Test
    void whatCannotBeReadLaterIsSaidToBeMissing() {
        TopicName plain = new TopicName("plain");
        subscribe(plain.value(), slow);
        int count = (int) (2 * Detours.MOST / 100_000);
        publish(plain, count, "x".repeat(100_000));
        subscribe("fast", fast);
        assertFastIsNotDelayed("one");
        slow.caughtUp.countDown();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(slow.told.told().getLast())
                        .isEqualTo(plain + " resumed from " + count + " incomplete"));
        List<Long> offsets = slow.told.offsets(plain);
        assertThat(offsets)
                .isEqualTo(LongStream.rangeClosed(1, offsets.size()).boxed().toList());
    }
}
