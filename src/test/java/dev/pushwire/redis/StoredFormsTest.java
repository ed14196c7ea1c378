package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.RecordingNode;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scripts store in Redis and send over channels, for scripts of another version. The forms here are a contract
 * between versions: none may be changed, and new ones may be added. {@link WireFormsTest} has the words of messages.
 */
@Timeout(60)
class StoredFormsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicName NEWS = new TopicName("news.a");
    private static final String P = "{pushwire-" + Math.floorMod("news.a".hashCode(), 64) + "}";
    private static final String ERA = "1hpwcgxymz";
    private static final String EPOCH = ERA + "W41571";
    private static final Member ADA = new Member("k3f9x2a-7", "ada", null);
    private static final String ADA_WRITTEN = ".azNmOXgyYS03 .YWRh -";

    private static RedisServer redis;
    private static RedisClient client;
    private static RedisCommands<String, String> stored;

    private final long now = System.currentTimeMillis() * 1000; // in the microseconds of the clocks

    @BeforeAll
    static void start(@TempDir Path folder) {
        redis = RedisServer.start(folder, "--appendonly", "no");
        client = redis.client();
        stored = client.connect().sync();
    }

    @AfterAll
    static void stop() {
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        redis.close();
    }

    @BeforeEach
    void flush() {
        stored.flushall();
    }

    private static void withBroker(Consumer<RedisBroker> use) {
        Retention retention = new Retention(100, Duration.ofMinutes(5));
        try (RedisBroker broker =
                new RedisBroker(client, topic -> retention, Duration.ofSeconds(5), Duration.ofMillis(200))) {
            await().atMost(PATIENCE).until(broker::isAvailable);
            use.accept(broker);
        }
    }

    private static void withNode(RecordingNode listener, Consumer<RedisClusterBus> use) {
        try (RedisClusterBus bus =
                new RedisClusterBus(client, listener.name(), listener, Duration.ofHours(1), Duration.ofSeconds(5))) {
            await().atMost(PATIENCE).until(() -> listener.told().contains("caught up"));
            use.accept(bus);
        }
    }

    private static String runId() {
        return stored.info("server")
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(line -> line.substring("run_id:".length()))
                .findFirst()
                .orElseThrow();
    }

    /** A topic with two publications, as a node of another version leaves it. */
    private void leaveTopic() {
        String runId = runId();
        stored.hset(
                P + ":clock", Map.of("epoch", ERA, "offset", Long.toString(now), "incarnation", runId, "more", "x"));
        stored.hset(
                P + ":state:news.a",
                Map.of(
                        "epoch",
                        EPOCH,
                        "offset",
                        "2",
                        "era",
                        ERA,
                        "same",
                        ERA + "W41570",
                        "former",
                        "",
                        "fork",
                        "0",
                        "more",
                        "x"));
        stored.xadd(
                P + ":history:news.a",
                new XAddArgs().id("1-0"),
                "h",
                "TEXT .a2V5",
                "t",
                Long.toString(now - 1),
                "p",
                "hello",
                "more",
                "x");
        stored.xadd(P + ":history:news.a", new XAddArgs().id("2-0"), "h", "JSON -", "t", Long.toString(now), "p", "{}");
        stored.zadd(P + ":index", now, "news.a");
        stored.set(P + ":once:news.a:order-7", EPOCH + ":2");
    }

    @Test
    void topicsThatAreThere() {
        leaveTopic();
        withBroker(node -> {
            Position last = new Position(EPOCH, 2);
            History history = node.history(NEWS, last.at(0), 10);
            assertThat(history.recovered()).isTrue();
            assertThat(history.latest()).isEqualTo(last);
            assertThat(history.publications()).extracting(Publication::key).containsExactly("key", null);
            assertThat(history.publications())
                    .extracting(each -> each.payload().text())
                    .containsExactly("hello", "{}");
            assertThat(node.history(NEWS, new Position(ERA + "W41570", 1), 10).publications())
                    .hasSize(1);
            assertThat(node.publish(NEWS, Payload.text("x"), new PublishOptions("order-7", null)))
                    .isEqualTo(new PublishResult(last, true));
            assertThat(node.publish(NEWS, Payload.text("x"), PublishOptions.NONE))
                    .isEqualTo(new PublishResult(last.at(3), false));
        });
    }

    @Test
    void topicsThatAreMade() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (StatefulRedisPubSubConnection<String, String> channel = client.connectPubSub(StringCodec.UTF8)) {
            channel.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void smessage(String name, String message) {
                    heard.add(name + " " + message);
                }
            });
            channel.sync().ssubscribe(P + ":channel:news.a");
            channel.sync().ssubscribe(P + ":patterns:news");
            channel.sync().ssubscribe(P + ":patterns");
            withBroker(node -> assertMade(node, heard));
        }
    }

    private static void assertMade(RedisBroker node, List<String> heard) {
        PublishOptions options = new PublishOptions("order-7", "key");
        Position position = node.publish(NEWS, Payload.text("hello"), options).position();
        Map<String, String> clock = stored.hgetall(P + ":clock");
        Map<String, String> state = stored.hgetall(P + ":state:news.a");
        String tick = clock.get("offset");
        assertThat(clock).containsEntry("incarnation", runId()).containsKeys("epoch");
        assertThat(state)
                .containsEntry("epoch", position.epoch())
                .containsEntry("offset", "1")
                .containsEntry("era", clock.get("epoch"))
                .containsEntry("former", "")
                .containsEntry("fork", "0")
                .containsKey("same");
        assertThat(position.epoch()).matches(clock.get("epoch") + "W[0-9]+");
        StreamMessage<String, String> entry =
                stored.xrange(P + ":history:news.a", Range.unbounded()).getFirst();
        assertThat(entry.getId()).isEqualTo("1-0");
        assertThat(List.copyOf(entry.getBody().entrySet()))
                .startsWith(Map.entry("h", "TEXT .a2V5"), Map.entry("t", tick), Map.entry("p", "hello"));
        assertThat(stored.zscore(P + ":index", "news.a")).isEqualTo(Double.parseDouble(tick));
        assertThat(stored.get(P + ":once:news.a:order-7")).isEqualTo(position.toString());
        String message = "P news.a " + position.epoch() + " 1 " + tick + " TEXT .a2V5\nhello";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard)
                        .containsExactlyInAnyOrder(
                                P + ":channel:news.a " + message,
                                P + ":patterns:news " + message,
                                P + ":patterns " + message));
    }

    @Test
    void members() {
        stored.hset(P + ":members:news.a", "k3f9x2a-7", ADA_WRITTEN);
        stored.zadd(P + ":occupants", System.currentTimeMillis() + 600_000, "k3f9x2a");
        stored.sadd(P + ":occupancy:k3f9x2a", "news.a k3f9x2a-7");
        withBroker(node -> {
            assertThat(node.members(NEWS)).containsExactly(ADA);
            Member bob = new Member("m1-1", null, "{}");
            node.join(NEWS, bob);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.members(NEWS)).containsExactly(ADA, bob));
            assertThat(stored.hget(P + ":members:news.a", "m1-1")).isEqualTo(".bTEtMQ - .e30");
            String self = stored.zrange(P + ":occupants", 0, -1).stream()
                    .filter(name -> !name.equals("k3f9x2a"))
                    .findFirst()
                    .orElseThrow();
            assertThat(stored.smembers(P + ":occupancy:" + self)).containsExactly("news.a m1-1");
            stored.zadd(P + ":occupants", 1, "k3f9x2a"); // it has died
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.members(NEWS)).containsExactly(bob));
        });
    }

    @Test
    void notices() {
        String notices = "{pushwire-0}:nodes:notices";
        String texts = "{pushwire-0}:nodes:texts";
        stored.zadd(notices, now, "principal ada");
        stored.hset(texts, "principal ada", "a notice");
        RecordingNode listener = new RecordingNode();
        withNode(listener, bus -> {
            assertThat(listener.told()).startsWith("a notice", "caught up");
            bus.broadcast("token t-1", "another", Duration.ofSeconds(5));
            assertThat(stored.zrange(notices, 0, -1)).containsExactly("principal ada", "token t-1");
            assertThat(stored.hget(texts, "token t-1")).isEqualTo("another");
            assertThat(stored.zscore(
                            "{pushwire-0}:nodes:living", listener.name().value()))
                    .isGreaterThan(now);
            bus.keep(Map.of("pid", "left".getBytes()), Duration.ofMinutes(1));
            assertThat(stored.get("{pushwire-0}:nodes:left:pid")).isEqualTo("left");
            assertThat(bus.take("pid")).asString().isEqualTo("left");
        });
    }
}
