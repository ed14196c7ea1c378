package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members are on the lease of their node. */
@Timeout(90)
class RedisPresenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<TopicName> ROOMS =
            IntStream.range(0, 200).mapToObj(i -> new TopicName("room.n" + i)).toList();

    @TempDir
    private Path folder;

    private RedisServer redis;
    private final List<RedisClient> clients = new ArrayList<>();
    private RedisBroker node;
    private RedisBroker other;

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder, "--appendonly", "no");
        node = node();
        other = node();
    }

    private RedisBroker node() {
        RedisClient client = redis.client();
        clients.add(client);
        RedisBroker fresh =
                new RedisBroker(client, topic -> Retention.NONE, Duration.ofSeconds(5), Duration.ofMillis(300));
        await().atMost(PATIENCE).until(fresh::isAvailable);
        return fresh;
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
        clients.forEach(client -> client.shutdown(Duration.ZERO, RedisServer.TIMEOUT));
        redis.close();
    }

    private static Member member(TopicName topic, int number) {
        return new Member(topic.value().replace('.', '-') + "-" + number, "ada", null);
    }

    private void joinAll(RedisBroker by) {
        ROOMS.forEach(room -> {
            for (int i = 0; i < 5; i++) {
                by.join(room, member(room, i));
            }
        });
    }

    private void assertMembers(int each) {
        ROOMS.forEach(room -> assertThat(other.members(room)).as("%s", room).hasSize(each));
    }

    private void awaitMembers(int each) {
        await().atMost(PATIENCE).untilAsserted(() -> assertMembers(each));
    }

    /** How often a command has been given. */
    private long calls(String command) {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(redis.request(commands -> commands.info("commandstats")));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** Each beat asks every partition once which nodes are dead. */
    private void awaitBeats(int count) {
        long before = calls("zrangebyscore");
        await().atMost(PATIENCE).until(() -> calls("zrangebyscore") - before >= (long) count * Keys.PARTITIONS);
    }

    @Test
    void aBeatCostsTheSameHoweverManyMembersThereAre() {
        joinAll(node);
        awaitBeats(2);
        long scripts = calls("evalsha");
        long beats = calls("zrangebyscore");
        long joins = calls("hset");
        awaitBeats(20);
        assertThat(calls("hset")).isEqualTo(joins);
        long underWay = 2L * Keys.PARTITIONS; // of either node a beat, since the two numbers are not read at once
        assertThat(calls("evalsha") - scripts).isLessThanOrEqualTo(calls("zrangebyscore") - beats + underWay);
        assertMembers(5);
    }

    @Test
    void theMembersOfADeadNodeGoAndThoseOfOthersStay() {
        joinAll(node);
        ROOMS.forEach(room -> other.join(room, member(room, 9)));
        awaitMembers(6);
        node.close(); // which says nothing, as little as one that is killed
        awaitMembers(1);
        long partitions = ROOMS.stream().map(Keys::partition).distinct().count();
        List<String> keys = redis.request(commands -> commands.keys("*:occupancy:*"));
        assertThat(keys).hasSize((int) partitions); // the other one's
    }

    @Test
    void aNodeThatWasTakenForDeadSaysWhoIsThere() {
        joinAll(node);
        ROOMS.forEach(room ->
                redis.request(commands -> commands.del(Keys.members(room), Keys.occupants(Keys.partition(room)))));
        awaitMembers(5);
    }

    @Test
    void afterALossOfRedisItsNodesSayWhoIsThere() {
        joinAll(node);
        redis.kill();
        await().atMost(PATIENCE).until(() -> !node.isAvailable());
        node.leave(ROOMS.getFirst(), member(ROOMS.getFirst(), 0).connection());
        redis.start(); // empty
        await().atMost(PATIENCE).until(() -> other.isAvailable());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(other.members(ROOMS.getFirst())).hasSize(4));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(other.members(ROOMS.getLast())).hasSize(5));
    }
}
