package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes away and comes back, with everything, with less, or with nothing. Two nodes, each with a client of its own. */
@Timeout(60)
class RedisInterruptionTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private RedisServer redis;
    private final List<RedisClient> clients = new ArrayList<>();
    private RedisBroker node;
    private RedisBroker other;
    private final RecordingSubscriber subscriber = new RecordingSubscriber();
    private final RecordingSubscriber otherSubscriber = new RecordingSubscriber();

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        node = node();
        other = node();
        await().atMost(PATIENCE).until(() -> node.isAvailable() && other.isAvailable());
        node.subscribe(TopicPattern.exactly(NEWS), subscriber);
        other.subscribe(TopicPattern.exactly(NEWS), otherSubscriber);
    }

    private RedisBroker node() {
        RedisClient client = redis.client();
        clients.add(client);
        return new RedisBroker(
                client,
                topic -> new Retention(10_000, Duration.ofMinutes(5)),
                Duration.ofSeconds(1),
                Duration.ofMillis(500));
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
        clients.forEach(client -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
        redis.close();
    }

    private Position publish(RedisBroker by, String text) {
        return by.publish(NEWS, Payload.text(text), PublishOptions.NONE).position();
    }

    private void awaitEverywhere(int publications) {
        await().until(() -> subscriber.publications().size() == publications
                && otherSubscriber.publications().size() == publications);
    }

    private void awaitReturn() {
        await().atMost(PATIENCE).until(() -> node.isAvailable() && other.isAvailable());
    }

    private void awaitLoss() {
        await().atMost(PATIENCE).until(() -> !node.isAvailable() && !other.isAvailable());
    }

    private static void assertTold(RecordingSubscriber subscriber, String... what) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told()).containsExactly(what));
    }

    @Test
    void whileItIsAwayNothingIsPublishedAndSubscribersStay() {
        publish(node, "before");
        awaitEverywhere(1);
        redis.kill();
        awaitLoss();
        assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> publish(node, "lost"));
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> node.subscribe(new TopicPattern("other"), subscriber));
        redis.start();
        awaitReturn();
        publish(other, "after");
        for (RecordingSubscriber each : List.of(subscriber, otherSubscriber)) {
            assertTold(each, "news:1 before", "news resumed from 1", "news:2 after");
        }
    }

    /** One node is back before the other. */
    @Test
    void whatWasPublishedWhileANodeWasCutOffIsReadFromTheHistory() {
        publish(node, "one");
        await().until(() -> subscriber.told().size() == 1);
        node.cutOff();
        publish(other, "two");
        publish(other, "three");
        assertTold(subscriber, "news:1 one", "news:2 two", "news:3 three");
        assertTold(otherSubscriber, "news:1 one", "news:2 two", "news:3 three");
    }

    @Test
    void whoComesBackFromTheFormerEpochRecovers() {
        Position first = publish(node, "one");
        publish(node, "two");
        redis.kill();
        awaitLoss();
        redis.start();
        awaitReturn();
        Position third = publish(node, "three");
        assertThat(third.epoch()).isNotEqualTo(first.epoch());
        assertThat(third.offset()).isEqualTo(3);
        assertThat(other.history(NEWS, first, 100).publications())
                .extracting(publication -> publication.payload().text())
                .containsExactly("two", "three");
    }

    @Test
    void whenItComesBackEmptyEverybodyIsTold() {
        Position first = publish(node, "one");
        awaitEverywhere(1);
        redis.kill();
        awaitLoss();
        redis.forget();
        redis.start();
        awaitReturn();
        for (RecordingSubscriber each : List.of(subscriber, otherSubscriber)) {
            assertTold(each, "news:1 one", "news resumed from 0 incomplete");
        }
        publish(node, "anew");
        for (RecordingSubscriber each : List.of(subscriber, otherSubscriber)) {
            assertTold(each, "news:1 one", "news resumed from 0 incomplete", "news:1 anew");
        }
        assertThat(node.history(NEWS, first, 100).recovered()).isFalse();
    }

    /** What it acknowledged was not on disk yet, or not with the replica that took over. */
    @Test
    void whenItComesBackWithLessEverybodyIsTold(@TempDir Path snapshot) throws IOException {
        Position first = publish(node, "one");
        copy(folder, snapshot);
        publish(node, "two");
        Position third = publish(node, "three");
        awaitEverywhere(3);
        redis.kill();
        awaitLoss();
        redis.forget();
        copy(snapshot, folder);
        redis.start();
        awaitReturn();
        for (RecordingSubscriber each : List.of(subscriber, otherSubscriber)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(each.told()).last().asString().endsWith("incomplete"));
        }
        publish(other, "four");
        await().until(() -> subscriber.told().getLast().endsWith("four"));
        assertThat(node.history(NEWS, first, 100).recovered()).isFalse();
        assertThat(node.history(NEWS, third, 100).recovered()).isFalse();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void aPauseOfItLosesNothing() {
        publish(node, "before");
        redis.pause();
        assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> publish(node, "maybe"));
        awaitLoss();
        redis.goOn();
        awaitReturn();
        Position last = publish(node, "after");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(subscriber.told()).last().isEqualTo("news:" + last.offset() + " after"));
        assertThat(subscriber.told()).isEqualTo(otherSubscriber.told());
        assertThat(subscriber.told()).first().isEqualTo("news:1 before");
    }

    /** Publishers with idempotency keys try until they are answered; Redis is killed, paused and restarted meanwhile. */
    @Test
    void nothingAcknowledgedIsLostOrDoubledUnderLoad() throws Exception {
        int count = 2000;
        AtomicBoolean done = new AtomicBoolean();
        Thread publisher = Thread.ofVirtual().start(() -> {
            for (int i = 1; i <= count; i++) {
                publishUntilAnswered(i % 2 == 0 ? node : other, Integer.toString(i));
            }
            done.set(true);
        });
        for (int i = 0; i < 2; i++) {
            int goal = 300 + 600 * i;
            await().atMost(PATIENCE).until(() -> subscriber.publications().size() >= goal);
            redis.kill();
            redis.start();
            await().atMost(PATIENCE).until(() -> subscriber.publications().size() >= goal + 300);
            redis.pause();
            awaitLoss();
            redis.goOn();
        }
        publisher.join(PATIENCE);
        assertThat(done).isTrue();
        List<String> all =
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
        for (RecordingSubscriber each : List.of(subscriber, otherSubscriber)) {
            await().atMost(PATIENCE).until(() -> each.publications().size() >= count);
            assertThat(each.publications())
                    .extracting(publication -> publication.payload().text())
                    .isEqualTo(all);
            assertThat(each.told()).noneMatch(told -> told.endsWith("incomplete"));
        }
    }

    private static PublishResult publishUntilAnswered(RedisBroker by, String text) {
        PublishResult[] result = new PublishResult[1];
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    try {
                        result[0] = by.publish(NEWS, Payload.text(text), new PublishOptions("key-" + text, null));
                        return true;
                    } catch (BrokerUnavailableException e) {
                        return false;
                    }
                });
        return result[0];
    }

    @Test
    void theMembersOfANodeThatIsGoneLeave() {
        node.join(NEWS, new Member("ada", null, null));
        await().until(() -> otherSubscriber.told().contains("news joined ada"));
        node.close(); // which says nothing, as little as one that is killed
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(otherSubscriber.told()).contains("news left ada"));
        assertThat(other.members(NEWS)).isEmpty();
    }

    @Test
    void whoCameAndWentMeanwhileIsTold() {
        Member ada = new Member("ada", null, null);
        Member bob = new Member("bob", null, null);
        node.join(NEWS, ada);
        await().until(() -> otherSubscriber.told().contains("news joined ada"));
        redis.kill();
        awaitLoss();
        node.leave(NEWS, "ada");
        node.join(NEWS, bob);
        redis.start();
        awaitReturn();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(otherSubscriber.told()).contains("news left ada", "news joined bob"));
        assertThat(other.members(NEWS)).containsExactly(bob);
    }
}
