package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.ConnectionInfo;
import dev.pushwire.connection.ConnectionOrder;
import dev.pushwire.connection.Connections;
import dev.pushwire.push.Hub;
import dev.pushwire.push.Topics;
import dev.pushwire.pushprotocol.LineStream;
import dev.pushwire.pushprotocol.PollingClient;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.stream.CuttingProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code /push} without a WebSocket where each request may go to another node. */
@Timeout(120)
class PushNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static RedisServer redis;
    private static RunningService first;
    private static RunningService second;
    private static List<String> settings;

    private final String topic = "kept." + UUID.randomUUID();
    private final AtomicInteger turn = new AtomicInteger();
    private final Random random = new Random(1);

    @BeforeAll
    static void start() {
        redis = RedisServer.start(folder);
        settings = List.of(
                "pushwire.broker=redis",
                "spring.data.redis.port=" + redis.port(),
                "spring.data.redis.timeout=10s",
                "pushwire.topics[0].name=kept.>",
                "pushwire.topics[0].history-size=20000",
                "pushwire.topics[0].publish=public",
                "pushwire.websocket.outbox-limit=8MB"); // for what a client has not polled yet
        first = RunningService.start(settings.toArray(String[]::new));
        second = RunningService.start(settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        first.close();
        second.close();
        redis.close();
    }

    /** One after the other, request by request. */
    private URI anyNode(String path) {
        return (turn.getAndIncrement() % 2 == 0 ? first : second).http(path);
    }

    private String subscribe() {
        return "{'type':'subscribe','id':1,'topic':'" + topic + "'}";
    }

    @Test
    void requestsMayGoToAnyNode() throws IOException {
        PollingClient client = new PollingClient(this::anyNode).open(subscribe());
        client.next("subscribed");
        for (int i = 2; i < 12; i++) {
            assertThat(client.post("{'type':'publish','id':" + i + ",'topic':'" + topic + "','data':" + i + "}"))
                    .isEqualTo(202);
            assertThat(client.next("published").path("id").asInt()).isEqualTo(i);
        }
        assertThat(client.post(10, "{'type':'ping','id':99}")).isEqualTo(202); // had been taken, by either
        assertThat(client.end()).isEqualTo(204);
        assertThat(client.next("closed").path("code").asInt()).isEqualTo(1000);
        await().atMost(PATIENCE).until(() -> client.poll(0) == 404);
        assertThat(client.poll(0)).isEqualTo(404); // at the other node, too
        assertThat(first.bean(Topics.class).position(topic).offset()).isEqualTo(10);
    }

    @Test
    void aStreamIsOnOneNodeAndItsCommandsComeFromAny() throws IOException {
        HttpRequest.Builder open = HttpRequest.newBuilder(first.http("/push"))
                .POST(BodyPublishers.ofString(subscribe().replace('\'', '"')));
        try (LineStream stream = LineStream.open(open)) {
            String session = stream.next("connected").path("session").asString();
            stream.next("subscribed");
            for (int i = 2; i < 12; i++) {
                HttpRequest.Builder post = HttpRequest.newBuilder(anyNode("/push/" + session))
                        .POST(BodyPublishers.ofString("{\"type\":\"ping\",\"id\":" + i + "}"));
                assertThat(RunningService.exchange(post).statusCode()).isEqualTo(202);
                assertThat(stream.next("pong").path("id").asInt()).isEqualTo(i);
            }
            second.bean(Topics.class).publish(topic, "hello");
            assertThat(stream.next("publication").path("data").asString()).isEqualTo("hello");
        }
    }

    /** Larger than what one node answers another at once. */
    @Test
    void aLargeBatchComesWhole() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        PollingClient client = new PollingClient(path -> (requests.getAndIncrement() == 0 ? first : second).http(path));
        client.open(subscribe());
        client.next("subscribed");
        String text = "\u0001".repeat(500_000); // six characters each, in JSON
        first.bean(Topics.class).publish(topic, text);
        first.bean(Topics.class).publish(topic, "small");
        assertThat(client.next("publication").path("data").asString()).isEqualTo(text);
        assertThat(client.next("publication").path("data").asString()).isEqualTo("small");
        client.end();
    }

    private static ConnectionInfo only(RunningService node) {
        List<ConnectionInfo> all = node.bean(Connections.class)
                .list(new ConnectionFilter("/push", null, null, Duration.ZERO, 0), ConnectionOrder.AGE, 0, 10)
                .connections();
        return all.size() == 1 ? all.getFirst() : null;
    }

    @Test
    void aPollerThatBreaksOffAtAnotherNodeIsNoticed() throws IOException {
        await().atMost(PATIENCE).until(() -> first.openConnections() + second.openConnections() == 0);
        PollingClient client = new PollingClient(first::http).open(subscribe());
        client.next("subscribed");
        try (RawClient poller = RawClient.connect(second)) {
            poller.send(("GET /push/" + client.session() + "?ack=" + client.acknowledged()
                            + "&wait=50 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(poller.readReplyHead().status()).isEqualTo(200); // so it waits
            assertThat(second.meter("websocket.requests.waiting")).isEqualTo(1);
            assertThat(second.meter("websocket.broker.questions.waiting")).isEqualTo(1);
            poller.reset();
        }
        await().atMost(PATIENCE).until(() -> second.meter("websocket.requests.waiting") == 0);
        await().atMost(PATIENCE).until(() -> second.meter("websocket.broker.questions.waiting") == 0);
        await().atMost(PATIENCE).until(() -> {
            second.bean(Topics.class).publish(topic, "hello");
            return only(first).outboxBytes() > 0;
        });
        assertThat(client.next("publication").path("data").asString()).isEqualTo("hello");
        client.end();
    }

    private NumberedPush numbers() {
        return new NumberedPush(
                first.bean(Hub.class),
                topic,
                first.bean(Topics.class).position(topic).epoch());
    }

    /** Beside what the test does, as it happens to a service. */
    private static CompletableFuture<Void> restartRedis() {
        return CompletableFuture.runAsync(
                () -> {
                    redis.kill();
                    redis.start();
                },
                Thread::startVirtualThread);
    }

    /** Both are back at Redis, and know of each other. */
    private void awaitNodes() {
        await().atMost(PATIENCE).until(() -> reaches(first, second) && reaches(second, first));
    }

    private boolean reaches(RunningService from, RunningService to) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        PollingClient client = new PollingClient(path -> (requests.getAndIncrement() == 0 ? to : from).http(path));
        client.open(subscribe());
        boolean answered = client.poll(0) == 200;
        client.end();
        return answered && client.drain().stream().noneMatch(line -> line.has("code"));
    }

    /** A session outlives Redis, though for a while only its own node can answer for it, and none can subscribe. */
    @Test
    void numberedMessagesOverPollsThatAreCutWhileRedisIsRestartedAndANodeKilled() throws Exception {
        try (CuttingProxy toFirst = CuttingProxy.to(first.address());
                CuttingProxy toSecond = CuttingProxy.to(second.address());
                NodeProcess third = NodeProcess.start(folder.resolve("third"), settings)) {
            List<Integer> ports =
                    List.of(toFirst.port(), toSecond.port(), third.http("/").getPort());
            AtomicInteger nodes = new AtomicInteger(3);
            PollingClient client = new PollingClient(
                    path -> URI.create("http://localhost:" + ports.get(random.nextInt(nodes.get())) + path));
            NumberedPush numbers = numbers();
            CompletableFuture<Void> restarted = null;
            boolean open = false;
            while (!numbers.isWhole()) {
                try {
                    if (!open) {
                        numbers.unsubscribed();
                        client.open(numbers.subscribe());
                        open = true;
                    } else if (!numbers.isSubscribed()) {
                        client.post(numbers.subscribe());
                    }
                    if (random.nextInt(10) == 0) {
                        toFirst.cut();
                        toSecond.cut();
                    }
                    if (random.nextInt(10) == 0) {
                        client.ask(client.acknowledged(), 5); // and lost, so that it is asked for again
                    }
                    int status = client.poll(5);
                    client.drain().forEach(numbers::take);
                    assertThat(status).isIn(nodes.get() == 3 ? List.of(200, 503) : List.of(200, 404, 503));
                    open = status != 404;
                    if (restarted == null && numbers.received() > NumberedPush.COUNT / 3) {
                        restarted = restartRedis();
                    }
                    if (nodes.get() == 3 && numbers.received() > NumberedPush.COUNT * 2 / 3) {
                        restarted.join();
                        nodes.set(2);
                        third.kill();
                    }
                } catch (IOException e) {
                    // the same again
                }
            }
            assertThat(nodes).hasValue(2);
            numbers.assertOnceAndInOrder();
            awaitNodes();
        }
    }

    @Test
    void numberedMessagesOverStreamsThatAreCutWhileRedisIsRestarted() throws Exception {
        try (CuttingProxy toFirst = CuttingProxy.to(first.address());
                CuttingProxy toSecond = CuttingProxy.to(second.address())) {
            NumberedPush numbers = numbers();
            CompletableFuture<Void> restarted = null;
            while (!numbers.isWhole()) {
                numbers.unsubscribed();
                CuttingProxy through = random.nextBoolean() ? toFirst : toSecond;
                HttpRequest.Builder open = HttpRequest.newBuilder(
                                URI.create("http://localhost:" + through.port() + "/push"))
                        .header("Accept", random.nextBoolean() ? "text/event-stream" : "application/x-ndjson")
                        .POST(BodyPublishers.ofString(numbers.subscribe().replace('\'', '"')));
                int cutAt = numbers.received() + random.nextInt(1, 1500);
                try (LineStream stream = LineStream.open(open)) {
                    JsonNode line = stream.next();
                    while (line != null && !line.has("code") && !numbers.isWhole()) {
                        numbers.take(line);
                        if (numbers.received() == cutAt) {
                            through.cut();
                        }
                        if (restarted == null && numbers.received() > NumberedPush.COUNT / 3) {
                            restarted = restartRedis();
                        }
                        line = numbers.isWhole() ? null : stream.next();
                    }
                } catch (IOException | UncheckedIOException e) {
                    // comes back
                }
            }
            restarted.join();
            numbers.assertOnceAndInOrder();
            awaitNodes();
        }
    }

    @Test
    void aNodeThatIsNotThereHasNoSessions() {
        for (String id : List.of("x".repeat(33) + "-" + "A".repeat(32), "nobody-" + "A".repeat(32))) {
            assertThat(first.get("/push/" + id + "?ack=0").statusCode()).isEqualTo(404);
        }
    }
}
