package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.ClusterAnswers;
import dev.pushwire.broker.RecordingNode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come and go, and so does Redis: with everything, or with nothing. Each node has a client of its own. */
@Timeout(60)
class ClusterBusInterruptionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration RETENTION = Duration.ofMinutes(5);
    private static final Duration BEAT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private RedisServer redis;
    private final List<RedisClient> clients = new ArrayList<>();
    private final List<RedisClusterBus> started = new ArrayList<>();
    private final RecordingNode listener = new RecordingNode();
    private final RecordingNode otherListener = new RecordingNode();
    private RedisClusterBus node;
    private RedisClusterBus other;

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        node = node(listener);
        other = node(otherListener);
        await().atMost(PATIENCE).until(() -> !isCutOff(node) && !isCutOff(other));
    }

    private RedisClusterBus node(RecordingNode its) {
        return node(its, redis.uri());
    }

    private RedisClusterBus node(RecordingNode its, RedisURI through) {
        return node(its, through, BEAT);
    }

    private RedisClusterBus node(RecordingNode its, RedisURI through, Duration beat) {
        RedisClient client = RedisServer.client(through);
        clients.add(client);
        RedisClusterBus fresh = new RedisClusterBus(
                client, its.name(), its, new NodeStore(RETENTION, 10_000), RETENTION, Duration.ofSeconds(1), beat);
        started.add(fresh);
        return fresh;
    }

    @AfterEach
    void stop() {
        started.forEach(RedisClusterBus::close);
        clients.forEach(client -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
        redis.close();
    }

    private static ClusterAnswers broadcast(RedisClusterBus by, String notice) {
        return by.broadcast(notice, notice, PATIENCE);
    }

    private static void awaitTold(RecordingNode by, String... what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(by.told()).containsExactly(what));
    }

    private static boolean isCutOff(RedisClusterBus node) {
        try {
            node.request("anybody?", Duration.ZERO);
            return false;
        } catch (BrokerUnavailableException e) {
            return true;
        }
    }

    @Test
    void aNodeThatStartsHearsWhatIsKeptFirst() {
        node.broadcast("a", "first of a", PATIENCE);
        broadcast(other, "b");
        node.broadcast("a", "second of a", PATIENCE);
        RecordingNode late = new RecordingNode();
        node(late);
        assertThat(late.told()).containsExactly("b", "second of a", "caught up");
        broadcast(node, "c");
        assertThat(late.told()).endsWith("caught up", "c");
    }

    @Test
    void aNodeThatStartsHearsHoweverMuchIsKept() {
        IntStream.range(0, 2500).forEach(i -> node.broadcast("key " + i, Integer.toString(i), Duration.ZERO));
        RecordingNode late = new RecordingNode();
        node(late);
        assertThat(late.told()).hasSize(2501).startsWith("0", "1").endsWith("2499", "caught up");
    }

    @Test
    void aNodeThatStartsWithoutRedisHearsWhenItIsBack() {
        broadcast(node, "a");
        redis.stop();
        RecordingNode late = new RecordingNode();
        RedisClusterBus itsNode = node(late);
        assertThat(late.told()).isEmpty();
        assertThat(isCutOff(itsNode)).isTrue();
        redis.start();
        awaitTold(late, "a", "caught up");
    }

    @Test
    void aNodeThatWasCutOffHearsWhatItMissedOnce() {
        try (Bridge bridge = Bridge.to(redis.port())) {
            RecordingNode far = new RecordingNode();
            RedisClusterBus farNode = node(far, RedisURI.create("127.0.0.1", bridge.port()));
            broadcast(node, "a");
            bridge.raise();
            await().atMost(PATIENCE).until(() -> isCutOff(farNode));
            node.broadcast("a", "a again", Duration.ZERO);
            node.broadcast("b", "b", Duration.ZERO);
            bridge.lower();
            awaitTold(far, "caught up", "a", "a again", "b", "caught up");
            await().atMost(PATIENCE).until(() -> !isCutOff(farNode));
            assertThat(broadcast(farNode, "c").complete()).isTrue();
            assertThat(far.told()).endsWith("caught up", "c");
        }
    }

    @Test
    void whileRedisIsAwayNothingIsTold() {
        redis.kill();
        await().atMost(PATIENCE).until(() -> isCutOff(node) && isCutOff(other));
        assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> broadcast(node, "lost"));
        redis.start();
        await().atMost(PATIENCE).until(() -> !isCutOff(node) && !isCutOff(other));
        assertThat(broadcast(node, "after").complete()).isTrue();
        awaitTold(listener, "caught up", "caught up", "after");
        awaitTold(otherListener, "caught up", "caught up", "after");
    }

    @Test
    void whatAnEmptyRedisDoesNotKnowTheNodesTellIt() {
        String[] notices = IntStream.range(0, 1500).mapToObj(Integer::toString).toArray(String[]::new);
        for (String notice : notices) {
            node.broadcast(notice, notice, Duration.ZERO);
        }
        await().atMost(PATIENCE).until(() -> listener.told().contains("1499")); // else nobody but Redis knew it
        redis.kill();
        redis.forget();
        redis.start();
        await().atMost(PATIENCE).until(() -> !isCutOff(node));
        RecordingNode late = new RecordingNode();
        node(late);
        assertThat(late.told()).contains(notices);
        for (RecordingNode each : List.of(listener, otherListener, late)) {
            assertThat(each.told()).containsOnlyOnce(notices);
        }
    }

    /** As when a publication does not arrive although the connection lasts. */
    @Test
    void aNoticeThatGotLostOnItsWayIsFound() {
        try (var connection = clients.getFirst().connect()) {
            connection.sync().hset("{pushwire-0}:nodes:texts", "a", "unheard");
            connection.sync().zadd("{pushwire-0}:nodes:notices", System.currentTimeMillis() * 1000.0, "a");
        }
        awaitTold(listener, "caught up", "unheard", "caught up");
        awaitTold(otherListener, "caught up", "unheard", "caught up");
    }

    @Test
    void aNodeThatEndsIsNotAskedAnyMore() {
        other.close();
        assertThat(node.request("anybody?", PATIENCE))
                .isEqualTo(new ClusterAnswers(List.of(listener.answer("anybody?")), true));
    }

    /** Keeps what it is asked. */
    private static List<CompletableFuture<byte[]>> hold(RedisClusterBus by) {
        List<CompletableFuture<byte[]>> held = new CopyOnWriteArrayList<>();
        by.answer("door", question -> {
            CompletableFuture<byte[]> later = new CompletableFuture<>();
            held.add(later);
            return later;
        });
        return held;
    }

    private CompletableFuture<byte[]> ask(RecordingNode whom) {
        return ask(node, whom);
    }

    private static CompletableFuture<byte[]> ask(RedisClusterBus by, RecordingNode whom) {
        return by.ask(whom.name(), "door", new byte[1], Duration.ofHours(1));
    }

    private static void assertUnreachable(CompletableFuture<byte[]> answer) {
        assertFailed(answer, AskFailedException.Reason.UNREACHABLE);
    }

    private static void assertFailed(CompletableFuture<byte[]> answer, AskFailedException.Reason reason) {
        assertThat(answer).failsWithin(PATIENCE);
        assertThat(answer.exceptionNow())
                .isInstanceOfSatisfying(
                        AskFailedException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void aNodeThatEndsSaysThatItWillNotAnswer() {
        List<CompletableFuture<byte[]>> held = hold(other);
        CompletableFuture<byte[]> answer = ask(otherListener);
        await().atMost(PATIENCE).until(() -> held.size() == 1);
        other.close();
        assertUnreachable(answer);
        assertThat(held.getFirst()).isCancelled();
        assertUnreachable(ask(otherListener));
    }

    @Test
    void aNodeThatIsCutOffWillNotAnswerAndLearnsThatNobodyWaits() {
        try (Bridge bridge = Bridge.to(redis.port())) {
            RecordingNode far = new RecordingNode();
            RedisClusterBus farNode = node(far, RedisURI.create("127.0.0.1", bridge.port()));
            List<CompletableFuture<byte[]>> held = hold(farNode);
            CompletableFuture<byte[]> answer = ask(far);
            await().atMost(PATIENCE).until(() -> held.size() == 1);
            bridge.raise();
            assertUnreachable(answer);
            await().atMost(PATIENCE).until(() -> held.getFirst().isCancelled());
            held.clear();
            bridge.lower();
            await().atMost(PATIENCE).until(() -> {
                ask(far);
                return !held.isEmpty(); // perhaps by a question before
            });
            held.getFirst().complete(new byte[] {2});
        }
    }

    @Test
    void anAnswerThatGotLostIsNotWaitedFor() {
        try (Bridge bridge = Bridge.to(redis.port())) {
            RecordingNode far = new RecordingNode();
            RedisClusterBus farNode = node(far, RedisURI.create("127.0.0.1", bridge.port()));
            List<CompletableFuture<byte[]>> held = hold(other);
            CompletableFuture<byte[]> lost =
                    farNode.ask(otherListener.name(), "door", new byte[1], Duration.ofHours(1));
            CompletableFuture<byte[]> kept =
                    farNode.ask(otherListener.name(), "door", new byte[1], Duration.ofHours(1));
            await().atMost(PATIENCE).until(() -> held.size() == 2);
            bridge.raise();
            await().atMost(PATIENCE).until(() -> isCutOff(farNode));
            held.getFirst().complete(new byte[] {1});
            bridge.lower();
            assertFailed(lost, AskFailedException.Reason.FAILED); // not unreachable: it lives
            if (held.getLast().complete(new byte[] {2})) { // unless it was cut off for too long
                assertThat(kept).succeedsWithin(PATIENCE).isEqualTo(new byte[] {2});
            }
        }
    }

    @Test
    void whileRedisIsAwayThisNodeAloneAnswers() {
        node.answer("door", CompletableFuture::completedFuture);
        redis.kill();
        await().atMost(PATIENCE).until(() -> isUnavailable(ask(otherListener)));
        assertThat(ask(listener)).succeedsWithin(PATIENCE);
        redis.start();
        other.answer("door", CompletableFuture::completedFuture);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(otherListener)).succeedsWithin(PATIENCE));
    }

    /** It may only be slower to come back: what is asked of it again later finds it. */
    @Test
    void whenRedisIsBackANodeThatIsNotThereIsUnreachableOnlyAfterTheNextBeat() {
        RecordingNode nobody = new RecordingNode();
        RedisClusterBus slow = node(new RecordingNode(), redis.uri(), Duration.ofHours(1));
        other.answer("door", CompletableFuture::completedFuture);
        assertUnreachable(ask(slow, nobody));
        redis.kill();
        await().atMost(PATIENCE).until(() -> isUnavailable(ask(slow, otherListener)));
        redis.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(slow, otherListener)).succeedsWithin(PATIENCE));
        assertFailed(ask(slow, nobody), AskFailedException.Reason.UNAVAILABLE);
        await().atMost(PATIENCE).untilAsserted(() -> assertUnreachable(ask(node, nobody)));
    }

    private static boolean isUnavailable(CompletableFuture<byte[]> answer) {
        return answer.isCompletedExceptionally()
                && answer.exceptionNow() instanceof AskFailedException failure
                && failure.reason() == AskFailedException.Reason.UNAVAILABLE;
    }

    /** A handler that waits, though it must not, stands for one that has much to read. */
    @Test
    void questionsDelayNoNotices() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        other.answer("door", question -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return CompletableFuture.completedFuture(question);
        });
        CompletableFuture<byte[]> answer = ask(otherListener);
        await().atMost(PATIENCE).until(() -> begun.getCount() == 0);
        assertThat(broadcast(node, "notice").complete()).isTrue();
        assertThat(otherListener.told()).endsWith("notice");
        assertThat(node.request("anybody?", PATIENCE).complete()).isTrue();
        end.countDown();
        assertThat(answer).succeedsWithin(PATIENCE);
    }

    @Test
    void questionsHaveConnectionsOfTheirOwn() {
        String clients = redis.request(commands -> commands.clientList());
        long listening = clients.lines()
                .filter(client -> client.contains(" ssub=1 ") || client.contains(" ssub=2 "))
                .count();
        assertThat(listening).isEqualTo(2 * started.size());
    }

    @Test
    void aNodeThatIsSilentIsMissedUntilItCountsAsDead() {
        try (var connection = clients.getFirst().connect()) {
            long soon = System.currentTimeMillis() + 5000;
            connection.sync().zadd("{pushwire-0}:nodes:living", soon * 1000.0, "silent");
        }
        ClusterAnswers answers = node.request("anybody?", Duration.ofSeconds(2));
        assertThat(answers.complete()).isFalse();
        assertThat(answers.answers())
                .containsExactlyInAnyOrder(listener.answer("anybody?"), otherListener.answer("anybody?"));
        await().atMost(PATIENCE)
                .until(() -> node.request("anybody?", Duration.ofMillis(200)).complete());
    }
}
