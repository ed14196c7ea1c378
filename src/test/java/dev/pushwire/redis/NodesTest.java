package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.service.PushClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SharedHttp;
import dev.pushwire.service.SocketIoClient;
import dev.pushwire.stream.CutOffClient;
import dev.pushwire.transport.Proxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Three nodes, one of them a process that can be killed, and a real Redis between them. */
@Timeout(240)
class NodesTest {
    private static final String KEY = "a-key-of-at-least-thirty-two-characters";

    @TempDir
    private Path folder;

    @TempDir
    private Path logs;

    @TempDir
    private Path proxies;

    private RedisServer redis;
    private RunningService first;
    private RunningService second;
    private List<String> settings;
    private final List<URI> nodes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        settings = List.of(
                "pushwire.broker=redis",
                "spring.data.redis.port=" + redis.port(),
                "spring.data.redis.timeout=1s",
                "pushwire.api.keys.test.secret=" + KEY,
                "pushwire.api.keys.test.scopes=publish",
                "pushwire.topics[0].name=kept.>",
                "pushwire.topics[0].history-size=10000",
                "pushwire.topics[0].presence=events");
        first = RunningService.start(settings.toArray(String[]::new));
        second = RunningService.start(settings.toArray(String[]::new));
        nodes.addAll(List.of(first.ws("/push"), second.ws("/push")));
    }

    /** Only for tests that have a use for it: a process takes many times as long to start as another node of this one. */
    private NodeProcess startThird() {
        NodeProcess third = NodeProcess.start(logs.resolve("third"), settings);
        nodes.add(third.ws("/push"));
        return third;
    }

    @AfterEach
    void stop() {
        Stream.of(first, second, redis).filter(Objects::nonNull).forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static HttpResponse<String> publish(URI topic, String text) {
        HttpRequest request = HttpRequest.newBuilder(topic)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + KEY)
                .header("Idempotency-Key", text)
                .POST(BodyPublishers.ofString(text))
                .build();
        try {
            return SharedHttp.CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void publishUntilAccepted(RunningService node, String topic, String text) {
        if (publish(node.http("/topics/" + topic), text).statusCode() == 202) {
            return;
        }
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    int status = publish(node.http("/topics/" + topic), text).statusCode();
                    assertThat(status).isIn(202, 503);
                    return status == 202;
                });
    }

    @Test
    void aPublicationReachesTheSubscribersOfAllNodes() {
        try (NodeProcess third = startThird();
                PushClient one = PushClient.open(nodes.get(0));
                PushClient two = PushClient.open(nodes.get(1));
                PushClient three = PushClient.open(nodes.get(2))) {
            one.subscribe("plain").next("subscribed");
            two.subscribe("plain").next("subscribed");
            three.subscribe("*").next("subscribed");
            assertThat(publish(third.http("/topics/plain"), "hello").statusCode())
                    .isEqualTo(202);
            for (PushClient client : List.of(one, two, three)) {
                assertThat(client.next("publication").path("data").asString()).isEqualTo("hello");
            }
        }
    }

    private static int emit(RunningService node, String event) {
        String body = "{\"event\": \"" + event + "\", \"rooms\": [\"r\"]}";
        return node.post(
                        "/api/emit",
                        "application/json",
                        BodyPublishers.ofString(body),
                        "Authorization",
                        "Bearer " + KEY)
                .statusCode();
    }

    @Test
    void anEventReachesTheSocketIoClientsOfAllNodesOrIsRefused() {
        try (SocketIoClient one = SocketIoClient.connect(first, "/");
                SocketIoClient two = SocketIoClient.connect(second, "/")) {
            for (SocketIoClient client : List.of(one, two)) {
                assertThat(client.next()).startsWith("42[\"news\"");
                client.send("420[\"join\",\"r\"]");
                assertThat(client.next()).isEqualTo("430[\"r\"]");
            }
            assertThat(emit(first, "a")).isEqualTo(202);
            for (SocketIoClient client : List.of(one, two)) {
                assertThat(client.next()).isEqualTo("42[\"a\"]"); // or it could be lost on its way with Redis
            }
            redis.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> emit(first, "lost") == 503);
            redis.start();
            await().pollInterval(Duration.ofMillis(500)) // while a node recovers, it may count an event as missed
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> emit(second, "b") == 202);
            assertThat(two.next()).isEqualTo("42[\"b\"]");
        }
    }

    @Test
    void whileRedisIsAwaySubscribersStayAndHealthShowsIt() {
        try (PushClient client = PushClient.open(nodes.get(0))) {
            client.subscribe("kept.news").next("subscribed");
            client.next("joined");
            redis.kill();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> publish(first.http("/topics/kept.news"), "a").statusCode() == 503);
            assertThat(first.get("/actuator/health").statusCode()).isEqualTo(503);
            assertThat(first.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            client.send("{'type':'subscribe','id':2,'topic':'other'}");
            assertThat(client.next("error").path("code").asString()).isEqualTo("unavailable");
            redis.start();
            publishUntilAccepted(second, "kept.news", "b");
            assertThat(client.next("resumed").path("recovered").asBoolean()).isTrue();
            assertThat(client.next("publication").path("data").asString()).isEqualTo("b");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> first.get("/actuator/health").statusCode() == 200);
        }
    }

    /**
     * Clients are cut off and come back to any node, event streams through proxies that send each request to the next node; a node is
     * killed, Redis is killed, restarted and paused.
     */
    @Test
    void everyClientHasEverythingOnceAndInOrder() throws Exception {
        int count = 10_000;
        AtomicInteger published = new AtomicInteger();
        String start = first.get("/topics/kept.cut").body().replaceAll(".*\"position\":\"([^\"]+)\".*", "$1");
        List<String> all =
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
        NodeProcess third = startThird();
        List<InetSocketAddress> services = List.of(first.address(), second.address(), third.address());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try (third;
                Proxy nginx = Proxy.nginx(services, proxies, List.of());
                Proxy haproxy = Proxy.haproxy(services, proxies, List.of())) {
            List<Future<List<String>>> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(threads.submit(() -> receive(start, count)));
            }
            for (int i = 0; i < 2; i++) {
                int seed = i;
                clients.add(threads.submit(() -> stream(nginx, seed, start, count)));
                clients.add(threads.submit(() -> stream(haproxy, seed, start, count)));
            }
            Future<?> publisher = threads.submit(() -> {
                for (int i = 1; i <= count; i++) {
                    publishUntilAccepted(i % 2 == 0 ? first : second, "kept.cut", Integer.toString(i));
                    published.set(i);
                }
            });
            Duration patience = Duration.ofSeconds(60);
            await().atMost(patience).until(() -> published.get() > 2000);
            nodes.remove(third.ws("/push"));
            third.kill();
            await().atMost(patience).until(() -> published.get() > 4000);
            redis.kill();
            redis.start();
            await().atMost(patience).until(() -> published.get() > 6000);
            redis.stop();
            redis.start();
            await().atMost(patience).until(() -> published.get() > 8000);
            redis.pause();
            await().atMost(patience).until(() -> first.get("/actuator/health").statusCode() == 503);
            redis.goOn();
            publisher.get();
            for (Future<List<String>> client : clients) {
                assertThat(client.get()).isEqualTo(all);
            }
            for (RunningService node : List.of(first, second)) {
                assertThat(node.meter("websocket.streams.answered", "result", "opened"))
                        .isPositive();
            }
        } finally {
            threads.shutdownNow(); // where the test fails, clients would wait for ever for what is not published
        }
    }

    private static List<String> stream(Proxy by, int seed, String start, int count) {
        try (CutOffClient client = CutOffClient.of(by.address(), seed)) {
            return client.receive("/topics/kept.cut?since=" + start, count);
        }
    }

    private List<String> receive(String start, int count) {
        List<String> received = new ArrayList<>();
        String position = start;
        while (received.size() < count && !Thread.currentThread().isInterrupted()) {
            URI node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
            try (PushClient client = PushClient.openUnchecked(node)) {
                client.subscribe("kept.cut", position);
                int most = received.size() + ThreadLocalRandom.current().nextInt(1, 1000);
                while (received.size() < Math.min(most, count)) {
                    JsonNode message = client.next();
                    if (message == null || message.path("type").asString().equals("error")) {
                        break; // the node is gone, or Redis is away
                    }
                    if (message.has("recovered")) {
                        assertThat(message.path("recovered").asBoolean())
                                .as("%s", message)
                                .isTrue();
                    }
                    if (message.has("offset")) {
                        position = message.path("epoch").asString() + ":"
                                + message.path("offset").asLong();
                    }
                    if (message.path("type").asString().equals("publication")) {
                        received.add(message.path("data").asString());
                    }
                }
            } catch (CompletionException e) {
                assertThat(e).hasRootCauseInstanceOf(IOException.class);
            }
        }
        return received;
    }
}
