package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscription that fails, for a reason other than that Redis is away, harms no other one. */
@Timeout(60)
class RedisSubscribingTest {
    private static final TopicName ROOM = new TopicName("room.a");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private RedisServer redis;
    private RedisClient client;
    private RedisBroker node;

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        client = redis.client();
        node = new RedisBroker(client, topic -> Retention.NONE, PATIENCE);
        await().atMost(PATIENCE).until(node::isAvailable);
    }

    @AfterEach
    void stop() {
        node.close();
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        redis.close();
    }

    /** All that wait for the same channels learn of it at once, and the next one tries anew. */
    @Test
    void aPatternThatFailsHoldsUpNobody() throws Exception {
        RecordingSubscriber before = new RecordingSubscriber();
        node.subscribe(new TopicPattern("room.*"), before); // so that there are clocks
        node.unsubscribe(new TopicPattern("room.*"), before);
        String clock = Keys.clock(Keys.partition(ROOM));
        String epoch = redis.request(commands -> commands.hget(clock, "epoch"));
        redis.request(commands -> commands.hset(clock, "epoch", "no epoch"));
        redis.pause();
        CompletableFuture<?> one = subscribeInVain();
        CompletableFuture<?> other = subscribeInVain();
        redis.goOn();
        CompletableFuture.anyOf(one, other).join();
        redis.request(commands -> commands.hset(clock, "epoch", epoch));
        RecordingSubscriber next = new RecordingSubscriber();
        node.subscribe(new TopicPattern("room.*"), next);
        assertThat(one.join()).isInstanceOf(BrokerUnavailableException.class);
        assertThat(other.join()).isInstanceOf(BrokerUnavailableException.class);
        publish("one");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(next.told()).containsExactly("room.a:1 one"));
    }

    /** Returns once it waits; the result is why it has failed. */
    private CompletableFuture<?> subscribeInVain() {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                node.subscribe(new TopicPattern("room.*"), new RecordingSubscriber());
                failure.complete(null);
            } catch (Throwable t) {
                failure.complete(t);
            }
        });
        await().atMost(PATIENCE)
                .until(() -> thread.getState() == State.WAITING || thread.getState() == State.TIMED_WAITING);
        return failure;
    }

    private void publish(String text) {
        node.publish(ROOM, Payload.text(text), PublishOptions.NONE);
    }

    @Test
    void aTopicWhoseMembersAreNotUnderstoodIsStillGivenToPatterns() {
        RecordingSubscriber byPattern = new RecordingSubscriber();
        RecordingSubscriber byName = new RecordingSubscriber();
        node.subscribe(new TopicPattern("room.*"), byPattern);
        redis.request(commands -> commands.hset(Keys.members(ROOM), "x", "nonsense"));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> node.subscribe(TopicPattern.exactly(ROOM), byName));
        publish("one");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(byPattern.told()).containsExactly("room.a:1 one"));
        redis.request(commands -> commands.del(Keys.members(ROOM)));
        node.subscribe(TopicPattern.exactly(ROOM), byName);
        publish("two");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(byName.told()).containsExactly("room.a:2 two"));
        assertThat(byPattern.told()).containsExactly("room.a:1 one", "room.a:2 two");
    }
}
