package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master dies and its replica takes over; two nodes, with subscribers by name and by pattern. */
@Timeout(90)
class RedisSentinelTest {
    private static final TopicName NEWS = new TopicName("room.news");
    private static final TopicName UNHEARD = new TopicName("room.unheard");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private RedisSentinels redis;
    private final List<RedisClient> clients = new ArrayList<>();
    private List<RedisBroker> nodes;
    private final RecordingSubscriber byName = new RecordingSubscriber();
    private final RecordingSubscriber byPattern = new RecordingSubscriber();

    @BeforeEach
    void start() {
        redis = RedisSentinels.start(folder);
        nodes = List.of(node(), node());
        nodes.get(0).subscribe(TopicPattern.exactly(NEWS), byName);
        nodes.get(1).subscribe(new TopicPattern("room.*"), byPattern);
    }

    private RedisBroker node() {
        RedisClient client = redis.client();
        clients.add(client);
        return new RedisBroker(client, topic -> new Retention(10_000, Duration.ofMinutes(5)), Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        nodes.forEach(RedisBroker::close);
        clients.forEach(client -> client.shutdown(Duration.ZERO, RedisServer.TIMEOUT));
        redis.close();
    }

    private Position publish(TopicName topic, String text) {
        return nodes.get(0)
                .publish(topic, Payload.text(text), PublishOptions.NONE)
                .position();
    }

    private void awaitReturn() {
        await().atMost(PATIENCE)
                .ignoreExceptions() // a sentinel that promotes a server cuts its clients off
                .until(() -> redis.replicaIsMaster() && nodes.stream().allMatch(RedisBroker::isAvailable));
    }

    @Test
    void underLoadAllIsThereOrSubscribersAreTold() {
        NumberedLoad load = new NumberedLoad(NEWS, 1000, nodes);
        load.awaitAcknowledged(300);
        redis.master().kill();
        load.awaitEnd(List.of(byName, byPattern));
        load.assertOnceInOrderOrTold(byName);
        load.assertOnceInOrderOrTold(byPattern);
    }

    /** It comes back when another has taken over, and does then what it was asked before; that is undone. */
    @Test
    void aMasterThatHangsAndComesBackDoublesNothing() {
        NumberedLoad load = new NumberedLoad(NEWS, 1000, nodes);
        load.awaitAcknowledged(300);
        redis.master().pause();
        await().atMost(PATIENCE).ignoreExceptions().until(redis::replicaIsMaster);
        redis.master().goOn();
        load.awaitEnd(List.of(byName, byPattern));
        load.assertOnceInOrderOrTold(byName);
        load.assertOnceInOrderOrTold(byPattern);
    }

    @Test
    void aReplicaThatHasEverythingGoesOn() {
        Position first = publish(NEWS, "one");
        publish(NEWS, "two");
        redis.master().request(master -> master.waitForReplication(1, 5000));
        redis.master().kill();
        await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(RedisBroker::isAvailable));
        awaitReturn();
        Position third = publish(NEWS, "three");
        assertThat(third).isNotEqualTo(first.at(3)).extracting(Position::offset).isEqualTo(3L);
        for (RecordingSubscriber each : List.of(byName, byPattern)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(each.told())
                            .containsExactly(
                                    NEWS + ":1 one", NEWS + ":2 two", NEWS + " resumed from 2", NEWS + ":3 three"));
        }
        assertThat(nodes.get(1).history(NEWS, first, 10).publications()).hasSize(2);
    }

    /** The offsets of what was lost are given again, so whoever has seen them must not take the new ones for the old. */
    @Test
    void aReplicaThatHasLessThanWasAcknowledgedHasSubscribersTold() {
        Position first = publish(NEWS, "one");
        redis.master().request(master -> master.waitForReplication(1, 5000));
        redis.cutReplicaOff();
        Position second = publish(NEWS, "two, lost");
        publish(NEWS, "three, lost");
        await().atMost(PATIENCE).until(() -> byPattern.publications().size() == 3);
        redis.master().kill();
        redis.replica().goOn();
        await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(RedisBroker::isAvailable));
        awaitReturn();
        for (RecordingSubscriber each : List.of(byName, byPattern)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(each.told()).contains(NEWS + " resumed from 1 incomplete"));
        }
        Position anew = publish(NEWS, "two");
        assertThat(anew.offset()).isEqualTo(second.offset());
        assertThat(anew.epoch()).isNotEqualTo(second.epoch());
        for (Position known : List.of(first, second)) {
            assertThat(nodes.get(1).history(NEWS, known, 10).recovered()).isFalse();
        }
        for (RecordingSubscriber each : List.of(byName, byPattern)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(each.told()).last().isEqualTo(NEWS + ":2 two"));
        }
    }

    /** A topic with no subscriber by name, whose only publications were lost before the node of the pattern had them. */
    @Test
    void aTopicThatIsLostWhollyIsToldToPatterns() {
        redis.cutReplicaOff();
        nodes.get(1).cutOff();
        publish(UNHEARD, "lost");
        redis.master().kill();
        redis.replica().goOn();
        await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(RedisBroker::isAvailable));
        awaitReturn();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(byPattern.told()).contains(UNHEARD + " resumed from 0 incomplete"));
    }
}
