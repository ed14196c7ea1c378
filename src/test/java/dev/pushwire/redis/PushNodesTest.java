package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.TopicName;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code /push} without a WebSocket where each request may go to another node. */
@Timeout(120)
class PushNodesTest {
    private static final int COUNT = 10_000;
    private static final int SOME = 50;
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
                "pushwire.topics[0].publish=public");
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

    /** What {@link #COUNT} publications are, once and in order. */
    private static List<String> numbers() {
        return IntStream.range(0, COUNT).mapToObj(Integer::toString).toList();
    }

    /** A few at a time, each with one round trip. */
    private CompletableFuture<Void> publishAll() {
        Hub hub = first.bean(Hub.class);
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < COUNT; i += SOME) {
                List<PublishRequest> some = IntStream.range(i, i + SOME)
                        .mapToObj(n ->
                                new PublishRequest(new TopicName(topic), Payload.text("" + n), PublishOptions.NONE))
                        .toList();
                assertThat(hub.publish(some)).hasSize(SOME).allMatch(PublishOutcome.Made.class::isInstance);
            }
        });
    }

    private String subscribe(String since) {
        return "{'type':'subscribe','id':1,'topic':'" + topic + "','since':'" + since + "'}";
    }

    /** One client's positions and what it was sent. */
    private final class Received {
        private final List<String> all = new ArrayList<>();
        private String epoch;
        private long offset;

        Received() {
            this.epoch = first.bean(Topics.class).position(topic).epoch();
        }

        String since() {
            return epoch + ":" + offset;
        }

        void take(JsonNode line) {
            switch (line.path("type").asString()) {
                case "subscribed" -> {
                    assertThat(line.path("recovered").asBoolean()).isTrue();
                    epoch = line.path("epoch").asString();
                }
                case "publication" -> {
                    all.add(line.path("data").asString());
                    assertThat(line.path("offset").asLong()).isEqualTo(++offset);
                }
                case "resumed" -> assertThat(line.path("recovered").asBoolean()).isTrue();
                case "connected" -> {}
                default -> throw new AssertionError(line);
            }
        }

        boolean isWhole() {
            return all.size() >= COUNT;
        }
    }

    @Test
    void numberedMessagesOverPollsThatAreCutAndANodeThatIsKilled() throws Exception {
        try (CuttingProxy toFirst = CuttingProxy.to(first.address());
                CuttingProxy toSecond = CuttingProxy.to(second.address());
                NodeProcess third = NodeProcess.start(folder.resolve("third"), settings)) {
            List<Integer> ports =
                    List.of(toFirst.port(), toSecond.port(), third.http("/").getPort());
            AtomicInteger nodes = new AtomicInteger(3);
            PollingClient client = new PollingClient(
                    path -> URI.create("http://localhost:" + ports.get(random.nextInt(nodes.get())) + path));
            Received received = new Received();
            CompletableFuture<Void> published = publishAll();
            boolean open = false;
            boolean killed = false;
            while (!received.isWhole()) {
                try {
                    if (!open) {
                        client.open(subscribe(received.since()));
                        open = true;
                    }
                    if (random.nextInt(10) == 0) {
                        toFirst.cut();
                        toSecond.cut();
                    }
                    if (random.nextInt(10) == 0) {
                        client.ask(client.acknowledged(), 5); // and lost, so that it is asked for again
                    }
                    int status = client.poll(5);
                    client.drain().forEach(received::take);
                    assertThat(status).isIn(200, 404, 503);
                    open = status != 404;
                    if (!killed && received.all.size() > COUNT / 2) {
                        killed = true;
                        nodes.set(2);
                        third.kill();
                    }
                } catch (IOException e) {
                    // the same again
                }
            }
            published.join();
            assertThat(killed).isTrue();
            assertThat(received.all).containsExactlyElementsOf(numbers());
        }
    }

    @Test
    void numberedMessagesOverStreamsThatAreCut() throws Exception {
        try (CuttingProxy toFirst = CuttingProxy.to(first.address());
                CuttingProxy toSecond = CuttingProxy.to(second.address())) {
            Received received = new Received();
            CompletableFuture<Void> published = publishAll();
            while (!received.isWhole()) {
                CuttingProxy through = random.nextBoolean() ? toFirst : toSecond;
                HttpRequest.Builder open = HttpRequest.newBuilder(
                                URI.create("http://localhost:" + through.port() + "/push"))
                        .header("Accept", random.nextBoolean() ? "text/event-stream" : "application/x-ndjson")
                        .POST(BodyPublishers.ofString(
                                subscribe(received.since()).replace('\'', '"')));
                int more = random.nextInt(1, 1500);
                try (LineStream stream = LineStream.open(open)) {
                    int before = received.all.size();
                    while (!received.isWhole()) {
                        JsonNode line = stream.next();
                        if (line == null) {
                            break;
                        }
                        received.take(line);
                        if (received.all.size() - before == more) {
                            through.cut();
                        }
                    }
                } catch (IOException | UncheckedIOException e) {
                    // comes back
                }
            }
            published.join();
            assertThat(received.all).containsExactlyElementsOf(numbers());
        }
    }

    @Test
    void aNodeThatIsNotThereHasNoSessions() {
        for (String id : List.of("x".repeat(33) + "-" + "A".repeat(32), "nobody-" + "A".repeat(32))) {
            assertThat(first.get("/push/" + id + "?ack=0").statusCode()).isEqualTo(404);
        }
    }
}
