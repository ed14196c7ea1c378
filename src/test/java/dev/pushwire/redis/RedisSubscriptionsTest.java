package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a node subscribes to many topics at once, and which publications to other topics it receives. */
@Timeout(120)
class RedisSubscriptionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        redis = RedisServer.start(folder, "--appendonly", "no");
        bridge = Bridge.to(redis.port(), Duration.ofMillis(10));
        node = node(bridge.port());
        other = node(redis.port());
        await().atMost(PATIENCE).until(() -> node.isAvailable() && other.isAvailable());
    }

    private RedisBroker node(int port) {
        RedisClient client = RedisServer.client(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withTimeout(PATIENCE)
                .build());
        clients.add(client);
        return new RedisBroker(client, topic -> new Retention(10, Duration.ofMinutes(5)), PATIENCE);
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
        clients.forEach(client -> client.shutdown(Duration.ZERO, RedisServer.TIMEOUT));
        bridge.close();
        redis.close();
    }

    private void publish(String topic, String text) {
        other.publish(new TopicName(topic), Payload.text(text), PublishOptions.NONE);
    }

    private void subscribe(String pattern) {
        node.subscribe(new TopicPattern(pattern), subscriber);
    }

    private void assertTold(String... what) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told()).containsExactlyInAnyOrder(what));
    }

    private List<Position> subscribeAtOnce(int count) throws Exception {
        List<Position> positions = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Position>> all = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> node.subscribe(new TopicPattern("user." + i), subscriber)))
                    .toList();
            for (Future<Position> each : all) {
                positions.add(each.get());
            }
        }
        return positions;
    }

    /** One after the other they would take three round trips each. */
    @Test
    void manyTopicsAtOnceTakeFewRoundTrips() throws Exception {
        publish("user.7", "before");
        int before = bridge.turns();
        List<Position> positions = subscribeAtOnce(1000);
        assertThat(bridge.turns() - before).isLessThan(300);
        assertThat(positions.get(7).offset()).isOne();
        publish("user.7", "after");
        publish("user.999", "first");
        assertTold("user.7:2 after", "user.999:1 first");
    }

    /** It refuses all that was sent at once, for it knows neither the scripts nor where its clocks stand. */
    @Test
    void soTheyDoInARedisThatHasForgottenEverything() throws Exception {
        redis.request(commands -> commands.flushall());
        redis.request(commands -> commands.scriptFlush());
        int before = bridge.turns();
        assertThat(subscribeAtOnce(1000)).allMatch(position -> position.offset() == 0);
        assertThat(bridge.turns() - before).isLessThan(300);
        publish("user.999", "first");
        assertTold("user.999:1 first");
    }

    private static List<PublishRequest> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PublishRequest(
                        new TopicName("user." + i % 100), Payload.text("m" + i), PublishOptions.NONE))
                .toList();
    }

    @Test
    void manyPublicationsAtOnceTakeFewRoundTrips() {
        int before = bridge.turns();
        List<PublishOutcome> outcomes = node.publish(requests(1000));
        assertThat(bridge.turns() - before).isLessThan(50);
        assertThat(outcomes).hasSize(1000).allMatch(outcome -> outcome instanceof PublishOutcome.Made);
    }

    /** Where Redis refuses all that was sent, it is sent again, which must not change its order. */
    @Test
    void manyPublicationsKeepTheirOrderInARedisThatHasForgottenEverything() {
        redis.request(commands -> commands.flushall());
        redis.request(commands -> commands.scriptFlush());
        List<PublishOutcome> outcomes = node.publish(requests(1000));
        for (int i = 0; i < 1000; i++) {
            PublishOutcome.Made made = (PublishOutcome.Made) outcomes.get(i);
            assertThat(made.result().position().offset()).isEqualTo(i / 100 + 1);
        }
    }

    @Test
    void whileRedisIsAwayTheFirstOfManyFails() {
        bridge.raise();
        await().atMost(PATIENCE).until(() -> !node.isAvailable());
        assertThat(node.publish(requests(3)))
                .singleElement()
                .isInstanceOfSatisfying(
                        PublishOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isInstanceOf(BrokerUnavailableException.class));
        bridge.lower();
    }

    @Test
    void manySubscribersOfOneTopicShareTheWayToIt() throws Exception {
        Set<RecordingSubscriber> all = new HashSet<>();
        int before = bridge.turns();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Position>> positions = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                RecordingSubscriber one = new RecordingSubscriber();
                all.add(one);
                positions.add(threads.submit(() -> node.subscribe(new TopicPattern("crowd"), one)));
            }
            for (Future<Position> position : positions) {
                assertThat(position.get().offset()).isZero();
            }
        }
        assertThat(bridge.turns() - before).isLessThan(60);
        publish("crowd", "hello");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(all).allSatisfy(one -> assertThat(one.told()).containsExactly("crowd:1 hello")));
    }

    @Test
    void whatIsPublishedMeanwhileLeavesNoGap() throws Exception {
        int count = 200;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> publishing = threads.submit(() -> {
                for (int round = 0; round < 5; round++) {
                    for (int i = 0; i < count; i++) {
                        publish("user." + i, "m");
                    }
                }
            });
            List<Position> from = subscribeAtOnce(count);
            publishing.get();
            await().atMost(PATIENCE).untilAsserted(() -> {
                for (int i = 0; i < count; i++) {
                    assertNoGap(new TopicName("user." + i), from.get(i).offset() + 1, 5);
                }
            });
        }
    }

    private void assertNoGap(TopicName topic, long first, long last) {
        Long[] expected = LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
        List<Long> offsets = subscriber.offsets(topic);
        // What came before subscribe() returned may be behind its position already.
        assertThat(offsets).endsWith(expected);
        assertThat(offsets).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whenTheConnectionBreaksThoseWhoWaitAreRefusedAndMayTryAgain() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            redis.pause();
            Future<Position> waiting = threads.submit(() -> node.subscribe(new TopicPattern("news"), subscriber));
            bridge.raise();
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(waiting::get)
                    .withCauseInstanceOf(BrokerUnavailableException.class);
            redis.goOn();
            bridge.lower();
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            subscribe("news");
            return true;
        });
        publish("news", "hello");
        assertTold("news:1 hello");
    }

    private List<String> channels() {
        return redis.request(commands -> commands.pubsubShardChannels());
    }

    @Test
    void aPatternDrawsOnlyWhatBeginsAsItDoes() {
        subscribe("news.>");
        subscribe("news.*");
        assertThat(channels()).hasSize(Keys.PARTITIONS).allMatch(channel -> channel.endsWith("}:patterns:news"));
        publish("sports.a", "foreign");
        publish("news.a", "one");
        publish("news.a.b", "two");
        assertTold("news.a:1 one", "news.a.b:1 two");
        node.unsubscribe(new TopicPattern("news.>"), subscriber);
        node.unsubscribe(new TopicPattern("news.*"), subscriber);
        await().atMost(PATIENCE).until(() -> channels().isEmpty());
    }

    @Test
    void patternsThatDrawTheSameGiveItOnce() {
        subscribe("news.>");
        subscribe("*.a");
        subscribe("news.a");
        publish("news.a", "one");
        publish("news.b", "two");
        publish("sports.a", "three");
        publish("sports.b", "foreign");
        publish("news.a", "four");
        assertTold("news.a:1 one", "news.b:1 two", "sports.a:1 three", "news.a:2 four");
    }

    @Test
    void anInterruptionBringsNothingFromBeforeAPatternBegan() {
        subscribe("news.>");
        publish("news.a", "one");
        publish("sports.a", "before");
        publish("sports.b", "before");
        assertTold("news.a:1 one");
        subscribe("sports.>");
        node.cutOff();
        publish("sports.a", "after");
        publish("news.b", "two");
        assertTold("news.a:1 one", "sports.a:2 after", "news.b:1 two");
    }

    @Test
    void veryManyFirstPartsShareTheChannelsForAll() {
        int parts = PatternSubscriptions.MOST_FIRST_PARTS + 8;
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            subscribe("part" + i + ".>");
        }
        assertThat(channels()).hasSize((PatternSubscriptions.MOST_FIRST_PARTS + 1) * Keys.PARTITIONS);
        for (int i = 0; i < parts; i++) {
            publish("part" + i + ".a", "m");
            expected.add("part" + i + ".a:1 m");
        }
        publish("foreign.a", "m");
        assertTold(expected.toArray(String[]::new));
    }
}
