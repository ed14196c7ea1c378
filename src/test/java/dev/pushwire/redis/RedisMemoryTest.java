package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.RecordingNode;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TooManyNoticesException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis reaches its maxmemory. What would take more is refused, what is there stays, and what gives memory back goes on. */
@Timeout(90)
class RedisMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MAX_MEMORY = 8 * 1024 * 1024;
    private static final int SIZE = 120_000;
    private static final int MOST_NOTICES = 1000;
    private static final TopicName PLAIN = new TopicName("plain.a");
    private static final Member ADA = new Member("ada", null, null);
    private static final Member BOB = new Member("bob", null, null);

    @TempDir
    private Path folder;

    private RedisServer redis;
    private RedisClient client;
    private RedisBroker node;
    private RedisClusterBus nodes;
    private final RecordingNode listener = new RecordingNode();

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder, "--maxmemory", Long.toString(MAX_MEMORY), "--maxmemory-policy", "noeviction");
        client = redis.client();
        node = new RedisBroker(
                client,
                topic -> topic.equals(PLAIN) ? Retention.NONE : new Retention(1000, Duration.ofMinutes(5)),
                Duration.ofSeconds(5),
                Duration.ofMillis(300));
        nodes = nodes(listener);
        await().atMost(PATIENCE).until(() -> node.isAvailable() && answers());
    }

    private RedisClusterBus nodes(RecordingNode its) {
        return new RedisClusterBus(
                client,
                its.name(),
                its,
                new NodeStore(Duration.ofMinutes(5), MOST_NOTICES),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(300));
    }

    private boolean answers() {
        try {
            return nodes.request("anybody?", PATIENCE).complete();
        } catch (BrokerUnavailableException e) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        nodes.close();
        node.close();
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        redis.close();
    }

    private long used() {
        return redis.request(commands -> commands.info("memory"))
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Sets the limit so that it is reached already. */
    private void fill() {
        redis.request(commands -> commands.configSet("maxmemory", "1"));
    }

    private void enlarge() {
        redis.request(commands -> commands.configSet("maxmemory", "0"));
    }

    private void assertRefused(Runnable action) {
        long before = node.refused();
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(action::run)
                .withMessage("Redis has no memory left");
        assertThat(node.refused()).isEqualTo(before + 1);
    }

    @Test
    void theLimitIsKeptAndWhatWasAcknowledgedIsThere() {
        byte[] bytes = new byte[SIZE];
        Map<TopicName, Position> acknowledged = new HashMap<>();
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            TopicName topic = new TopicName("kept.n" + i % 7);
            PublishOptions options = new PublishOptions(i % 2 == 0 ? "once-" + i : null, i % 3 == 0 ? "key" : null);
            try {
                acknowledged.put(
                        topic,
                        node.publish(topic, Payload.of(Payload.Kind.BINARY, bytes), options)
                                .position());
            } catch (BrokerUnavailableException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(200, 299);
        assertThat(node.refused()).isEqualTo(refused);
        assertThat(used()).isLessThan(MAX_MEMORY + 4 * SIZE);
        acknowledged.forEach((topic, last) -> {
            History history = node.history(topic, null, 1000);
            assertThat(history.latest()).isEqualTo(last);
            assertThat(history.publications())
                    .extracting(publication -> publication.position().offset())
                    .isEqualTo(LongStream.rangeClosed(1, last.offset()).boxed().toList());
        });
    }

    @Test
    void everyKindOfPublicationIsRefusedAndLeavesNothing() {
        TopicName kept = new TopicName("kept.a");
        Position last =
                node.publish(kept, Payload.text("one"), PublishOptions.NONE).position();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        node.subscribe(TopicPattern.exactly(kept), subscriber);
        node.subscribe(TopicPattern.ALL, subscriber);
        List<String> before = keys();
        fill();
        for (TopicName topic : List.of(kept, PLAIN, new TopicName("kept.new"))) {
            for (PublishOptions options :
                    List.of(PublishOptions.NONE, new PublishOptions("once", null), new PublishOptions("once", "key"))) {
                assertRefused(() -> node.publish(topic, Payload.text("more"), options));
            }
        }
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(node.history(kept, last.at(0), 10).publications()).hasSize(1);
        enlarge();
        assertThat(node.publish(kept, Payload.text("two"), new PublishOptions("once", null))
                        .position())
                .isEqualTo(last.at(2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.told()).containsExactly(kept + ":2 two"));
    }

    @Test
    void ofSeveralPublicationsEachIsRefused() {
        List<PublishRequest> requests = List.of(
                new PublishRequest(PLAIN, Payload.text("one"), PublishOptions.NONE),
                new PublishRequest(new TopicName("kept.a"), Payload.text("two"), PublishOptions.NONE));
        fill();
        assertThat(node.publish(requests))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                PublishOutcome.Failed.class,
                                failed -> assertThat(failed.reason()).hasMessage("Redis has no memory left")));
        assertThat(node.refused()).isEqualTo(2);
        enlarge();
        assertThat(node.publish(requests)).allMatch(outcome -> outcome instanceof PublishOutcome.Made);
    }

    private List<String> keys() {
        return redis.request(commands -> commands.keys("*")).stream()
                .filter(key -> !key.endsWith("}:clock"))
                .toList();
    }

    /** A node that comes back reads what it missed and says what it has seen, in a new life of a Redis that is full. */
    @Test
    void aNodeComesBackToARedisThatIsFull() {
        RecordingSubscriber byName = new RecordingSubscriber();
        RecordingSubscriber byPattern = new RecordingSubscriber();
        TopicName kept = new TopicName("kept.a");
        node.subscribe(TopicPattern.exactly(kept), byName);
        node.subscribe(new TopicPattern("kept.*"), byPattern);
        node.publish(kept, Payload.text("one"), PublishOptions.NONE);
        node.join(kept, ADA);
        redis.stop();
        await().atMost(PATIENCE).until(() -> !node.isAvailable());
        redis.start();
        fill();
        await().atMost(PATIENCE).until(() -> node.isAvailable() && answers());
        for (RecordingSubscriber each : List.of(byName, byPattern)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(each.told())
                            .containsExactly(kept + ":1 one", kept + " joined ada", kept + " resumed from 1"));
        }
        node.cutOff();
        await().atMost(PATIENCE).until(() -> node.isAvailable() && answers());
        assertThat(node.history(kept, null, 10).publications()).hasSize(1);
        assertThat(node.members(kept)).containsExactly(ADA);
    }

    @Test
    void membersStayAndLeaveAndThoseWhoComeAreAddedLater() {
        node.join(PLAIN, ADA);
        fill();
        node.join(PLAIN, BOB); // which does not throw
        assertThat(node.members(PLAIN)).containsExactly(ADA);
        long refused = node.refused();
        await().atMost(PATIENCE)
                .until(() -> node.refused() > refused + 5); // beats, and more of them than a lease lasts
        assertThat(node.members(PLAIN)).containsExactly(ADA);
        node.leave(PLAIN, ADA.connection());
        assertThat(node.members(PLAIN)).isEmpty();
        enlarge();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(node.members(PLAIN)).containsExactly(BOB));
    }

    @Test
    void nodesLiveAndAnswerAndRevocationsAreKept() {
        nodes.broadcast("a", "a", PATIENCE);
        fill();
        assertThat(nodes.broadcast("b", "b", PATIENCE).complete()).isTrue();
        assertThat(listener.told()).endsWith("a", "b");
        RecordingNode late = new RecordingNode();
        nodes(late).close();
        assertThat(late.told()).containsExactly("a", "b", "caught up");
        double before = livesUntil();
        double lease = 900_000; // in microseconds
        await().atMost(PATIENCE).until(() -> livesUntil() > before + lease);
        assertThat(nodes.request("anybody?", PATIENCE).answers()).containsExactly(listener.answer("anybody?"));
    }

    /** Else revoking could take more memory than Redis has. */
    @Test
    void notMoreRevocationsAreKeptThanThereMayBe() {
        fill();
        for (int i = 0; i < MOST_NOTICES; i++) {
            nodes.broadcast("key " + i, "notice", Duration.ZERO);
        }
        assertThatExceptionOfType(TooManyNoticesException.class)
                .isThrownBy(() -> nodes.broadcast("other", "notice", PATIENCE));
    }

    @Test
    void questionsAreAskedAndAnswered() {
        RecordingNode second = new RecordingNode();
        try (RedisClusterBus other = nodes(second)) {
            other.answer("door", CompletableFuture::completedFuture);
            fill();
            assertThat(nodes.ask(second.name(), "door", new byte[] {7}, PATIENCE))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(new byte[] {7});
        }
    }

    private double livesUntil() {
        return redis.request(commands ->
                commands.zscore(Keys.nodes("living"), listener.name().value()));
    }

    @Test
    void everyScriptSaysWhetherItMayRunWithoutMemory() {
        List<Script> refused = new ArrayList<>();
        for (Script script : Script.values()) {
            assertThat(script.source()).startsWith("#!lua");
            String line = script.source().lines().findFirst().orElseThrow();
            if (!line.contains("flags=")) {
                refused.add(script);
            }
        }
        assertThat(refused).containsExactly(Script.PUBLISH, Script.JOIN, Script.KEEP);
    }
}
