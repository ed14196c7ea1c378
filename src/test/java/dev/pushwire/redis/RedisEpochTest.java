package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import io.lettuce.core.RedisClient;
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

/** Topics that nobody has published to have no state; where they stand is known all the same. */
@Timeout(90)
class RedisEpochTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofHours(12);
    private static final TopicName ROOM = new TopicName("room.a");
    private static final TopicName PLAIN = new TopicName("plain.a");

    @TempDir
    private Path folder;

    private RedisServer redis;
    private final List<RedisClient> clients = new ArrayList<>();
    private RedisBroker node;

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        node = node();
    }

    private RedisBroker node() {
        RedisClient client = redis.client();
        clients.add(client);
        RedisBroker fresh = new RedisBroker(
                client,
                topic -> topic.equals(PLAIN) ? Retention.NONE : new Retention(100, Duration.ofMinutes(5)),
                Duration.ofSeconds(5));
        await().atMost(PATIENCE).until(fresh::isAvailable);
        return fresh;
    }

    @AfterEach
    void stop() {
        node.close();
        clients.forEach(client -> client.shutdown(Duration.ZERO, RedisServer.TIMEOUT));
        redis.close();
    }

    private Position publish(TopicName topic, String text) {
        return node.publish(topic, Payload.text(text), PublishOptions.NONE).position();
    }

    private Position position(TopicName topic) {
        return node.history(topic, null, 1).latest();
    }

    private void assertRecovers(TopicName topic, Position since, String... texts) {
        History history = node.history(topic, since, 100);
        assertThat(history.recovered()).isTrue();
        assertThat(history.publications())
                .extracting(publication -> publication.payload().text())
                .containsExactly(texts);
    }

    private void assertIsNotRecovered(TopicName topic, Position since) {
        assertThat(node.history(topic, since, 100).recovered()).isFalse();
    }

    private List<String> keys() {
        return redis.request(commands -> commands.keys("*"));
    }

    /** The clocks of partitions never go back: so one that is ahead is as if that time had passed. */
    private void pass(TopicName topic, Duration time) {
        String clock = Keys.clock(Keys.partition(topic));
        long now = Math.max(
                System.currentTimeMillis() * 1000,
                Long.parseLong(redis.request(commands -> commands.hget(clock, "offset"))));
        redis.request(commands -> commands.hset(clock, "offset", Long.toString(now + time.toNanos() / 1000)));
    }

    /** As when its time is over, or as when Redis may evict keys. */
    private void forget(TopicName topic) {
        redis.request(commands -> commands.del(Keys.state(topic), Keys.history(topic)));
    }

    private void restart() {
        redis.stop();
        await().atMost(PATIENCE).until(() -> !node.isAvailable());
        redis.start();
        await().atMost(PATIENCE).until(node::isAvailable);
    }

    @Test
    void readingAndSubscribingLeaveNothing() {
        List<TopicName> topics = IntStream.range(0, 1000)
                .mapToObj(i -> new TopicName("random.n" + i))
                .toList();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        for (TopicName topic : topics) {
            Position at = position(topic);
            assertRecovers(topic, at);
            node.members(topic);
            assertThat(node.subscribe(TopicPattern.exactly(topic), subscriber)).isEqualTo(at);
            node.unsubscribe(TopicPattern.exactly(topic), subscriber);
        }
        node.subscribe(TopicPattern.ALL, subscriber);
        assertThat(keys())
                .isNotEmpty()
                .allMatch(key -> key.endsWith("}:clock"))
                .hasSizeLessThanOrEqualTo(Keys.PARTITIONS);
    }

    @Test
    void aPositionIsGoodUntilTheSecondWindowIsOver() {
        Position first = position(ROOM);
        pass(ROOM, WINDOW);
        Position second = position(ROOM);
        assertThat(second.epoch()).isNotEqualTo(first.epoch());
        assertRecovers(ROOM, first);
        Position published = publish(ROOM, "one");
        assertThat(published).isEqualTo(second.at(1));
        publish(ROOM, "two");
        assertRecovers(ROOM, first, "one", "two");
        assertRecovers(ROOM, second, "one", "two");
        assertRecovers(ROOM, first.at(1), "two"); // of whoever has counted from there
        assertIsNotRecovered(ROOM, first.at(3));
    }

    @Test
    void aTopicThatWasForgottenNeverBeginsAgainInTheSameEpoch() {
        Position before = position(ROOM);
        Position last = publish(ROOM, "one");
        forget(ROOM);
        pass(ROOM, WINDOW.multipliedBy(2));
        Position anew = publish(ROOM, "another one");
        assertThat(anew.offset()).isOne();
        assertThat(anew.epoch()).isNotEqualTo(last.epoch());
        assertIsNotRecovered(ROOM, before);
        assertIsNotRecovered(ROOM, last);
    }

    @Test
    void aStateThatIsEvictedEndsItsEpoch() {
        Position before = position(ROOM);
        Position last = publish(ROOM, "one");
        forget(ROOM);
        Position after = position(ROOM);
        Position anew = publish(ROOM, "another one");
        assertThat(anew).isEqualTo(after.at(1));
        assertIsNotRecovered(ROOM, before);
        assertIsNotRecovered(ROOM, last);
        assertRecovers(ROOM, after, "another one");
    }

    @Test
    void aRedisThatIsEmptiedEndsAllEpochs() {
        Position before = position(ROOM);
        Position last = publish(ROOM, "one");
        redis.request(commands -> commands.flushall());
        assertIsNotRecovered(ROOM, before);
        publish(ROOM, "another one");
        assertIsNotRecovered(ROOM, before);
        assertIsNotRecovered(ROOM, last);
    }

    @Test
    void positionsSurviveRestartsInWhichNothingHappens() {
        Position unpublished = position(ROOM);
        Position published = publish(PLAIN, "one");
        for (int i = 0; i < 3; i++) {
            restart();
        }
        Position later = position(ROOM);
        assertThat(later.epoch()).isNotEqualTo(unpublished.epoch());
        assertRecovers(ROOM, unpublished);
        assertRecovers(PLAIN, published);
        publish(ROOM, "one");
        assertRecovers(ROOM, unpublished, "one");
        assertRecovers(ROOM, later, "one");
        assertThat(publish(PLAIN, "two").offset()).isEqualTo(2);
        restart();
        publish(ROOM, "two");
        assertRecovers(ROOM, later, "one", "two");
    }

    @Test
    void aSubscriberThatWasThereMissesNothingHoweverLongItWaited() {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        node.subscribe(TopicPattern.exactly(PLAIN), subscriber);
        pass(PLAIN, WINDOW.multipliedBy(5));
        publish(PLAIN, "one");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(subscriber.told()).containsExactly("plain.a resumed from 0", "plain.a:1 one"));
        forget(PLAIN);
        pass(PLAIN, WINDOW.multipliedBy(5));
        publish(PLAIN, "anew");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told())
                        .containsExactly(
                                "plain.a resumed from 0", "plain.a:1 one", "plain.a resumed from 0", "plain.a:1 anew"));
    }

    /** It counts from the position that it was given, which stays good in the epoch of the first publication. */
    @Test
    void aClientThatCountsStaysWhenTheFirstPublicationComesLate() {
        try (RunningService service =
                        RunningService.start("pushwire.broker=redis", "spring.data.redis.port=" + redis.port());
                RawClient client = RawClient.open(service, "/topics/" + PLAIN)) {
            pass(PLAIN, WINDOW.multipliedBy(3));
            publish(PLAIN, "one");
            publish(PLAIN, "two");
            client.assertText("one");
            client.assertText("two");
        }
    }

    @Test
    void aSubscriberOfATopicThatWasEvictedIsTold() {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        node.subscribe(TopicPattern.exactly(PLAIN), subscriber);
        publish(PLAIN, "one");
        forget(PLAIN);
        publish(PLAIN, "anew");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told())
                        .containsExactly("plain.a:1 one", "plain.a resumed from 1 incomplete"));
    }
}
