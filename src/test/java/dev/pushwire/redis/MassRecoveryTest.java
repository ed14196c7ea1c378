package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.SharedHttp;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node is killed, and all its clients come to another one at once, each from a place of its own in the topic. */
@Timeout(120)
class MassRecoveryTest {
    private static final int CLIENTS = 5_000;
    private static final int BEFORE = 20;
    private static final int MISSED = 30;
    /** How far apart clients were when the node died, in publications. */
    private static final int SPREAD = 10;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CALLS = Pattern.compile("cmdstat_(?:xrange|xrevrange):calls=(\\d+)");

    @TempDir
    private Path folder;

    @TempDir
    private Path logs;

    private RedisServer redis;
    private NodeProcess dying;
    private NodeProcess surviving;

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder);
        List<String> settings = List.of(
                "pushwire.broker=redis",
                "spring.data.redis.port=" + redis.port(),
                "pushwire.topics[0].name=kept.>",
                "pushwire.topics[0].history-size=1000");
        dying = NodeProcess.start(logs.resolve("dying"), settings);
        surviving = NodeProcess.start(logs.resolve("surviving"), settings);
    }

    @AfterEach
    void stop() {
        surviving.close();
        dying.close();
        redis.close();
    }

    private void publish(int from, int to) throws IOException, InterruptedException {
        for (int i = from; i <= to; i++) {
            HttpRequest request = HttpRequest.newBuilder(surviving.http("/topics/kept.crowd"))
                    .POST(BodyPublishers.ofString(Integer.toString(i)))
                    .build();
            assertThat(SharedHttp.CLIENT
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    /** A connection to {@code /push}, which reads line by line. */
    private static final class Client implements AutoCloseable {
        private final RawClient connection;
        private final Deque<String> lines = new ArrayDeque<>();

        Client(NodeProcess node, String subscription) throws IOException {
            URI uri = node.ws("/push");
            connection = RawClient.over(new Socket("127.0.0.1", uri.getPort()));
            connection.upgrade(HandshakeText.of("/push").and("Sec-WebSocket-Protocol: pushwire.v1.json"));
            connection.send(ClientFrames.text(subscription));
        }

        JsonNode next() {
            while (lines.isEmpty()) {
                connection.readFrame().text().lines().forEach(lines::add);
            }
            return JSON.readTree(lines.remove());
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static <T> List<T> all(IntStream indexes, IntFunction<T> action) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures =
                    indexes.mapToObj(i -> threads.submit(() -> action.apply(i))).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private long historyReads() {
        Matcher calls = CALLS.matcher(redis.request(commands -> commands.info("commandstats")));
        long sum = 0;
        while (calls.find()) {
            sum += Long.parseLong(calls.group(1));
        }
        return sum;
    }

    @Test
    void thousandsThatComeBackAtOnceReadTheHistoryOnce() throws Exception {
        List<Client> clients = all(IntStream.range(0, CLIENTS), i -> subscribe());
        publish(1, BEFORE);
        String epoch = clients.getFirst().next().path("epoch").asString();
        all(IntStream.range(1, CLIENTS), i -> readUpTo(clients.get(i), BEFORE - i % SPREAD));
        long readsBefore = historyReads();
        long diedAt = System.nanoTime();
        dying.kill();
        publish(BEFORE + 1, BEFORE + MISSED);
        long comeAt = System.nanoTime();
        List<Long> recoveredAt = all(IntStream.range(0, CLIENTS), i -> recover(epoch, BEFORE - i % SPREAD));
        long reads = historyReads() - readsBefore;
        clients.forEach(Client::close);
        List<Long> millis = recoveredAt.stream()
                .map(time -> Duration.ofNanos(time - comeAt).toMillis())
                .sorted()
                .toList();
        System.out.println(
                "%d clients that came %d ms after the node's death: half recovered after %d ms, 99 %% after %d ms, all after %d ms; %d reads of the history"
                        .formatted(
                                CLIENTS,
                                Duration.ofNanos(comeAt - diedAt).toMillis(),
                                millis.get(CLIENTS / 2),
                                millis.get(CLIENTS * 99 / 100),
                                millis.getLast(),
                                reads));
        assertThat(millis.getLast()).isLessThan(60_000);
        assertThat(reads).isBetween(1L, 5L);
    }

    private Client subscribe() {
        try {
            Client client = new Client(dying, "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"kept.crowd\"}");
            assertThat(client.next().path("type").asString()).isEqualTo("subscribed");
            return client;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long readUpTo(Client client, long offset) {
        long read = 0;
        while (read < offset) {
            read = client.next().path("offset").asLong();
        }
        return read;
    }

    /** Returns when everything had come. */
    private long recover(String epoch, long offset) {
        String command = "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"kept.crowd\",\"since\":\"%s:%d\"}";
        try (Client client = new Client(surviving, command.formatted(epoch, offset))) {
            JsonNode subscribed = client.next();
            assertThat(subscribed.path("recovered").asBoolean())
                    .as("%s", subscribed)
                    .isTrue();
            List<Long> missed = new ArrayList<>();
            while (missed.size() < BEFORE + MISSED - offset) {
                missed.add(client.next().path("offset").asLong());
            }
            assertThat(missed)
                    .isEqualTo(LongStream.rangeClosed(offset + 1, BEFORE + MISSED)
                            .boxed()
                            .toList());
            return System.nanoTime();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
