package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.ConnectionOrder;
import dev.pushwire.connection.Connections;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Topics;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long polling of {@code /push} on one node. */
class PushPollingServiceTest {
    private static final ConnectionFilter ALL = new ConnectionFilter(null, null, null, Duration.ZERO, 0);

    private final RunningService service = RunningService.with(
            "pushwire.topics[0].name=kept.>",
            "pushwire.topics[0].history-size=1000",
            "pushwire.topics[0].publish=public",
            "pushwire.push.http.max-polled=20",
            "pushwire.websocket.close-timeout=300ms"); // for sessions whose last words nobody comes for
    private final Topics topics = service.bean(Topics.class);
    private final String topic = "kept." + UUID.randomUUID();

    private final PollingClient client = new PollingClient(service::http);

    @AfterEach
    void end() {
        service.bean(Connections.class).close(ALL, CloseStatus.NORMAL);
        await().until(() -> service.openConnections() == 0);
    }

    private String subscribe() {
        return "{'type':'subscribe','id':1,'topic':'" + topic + "'}";
    }

    private CompletableFuture<HttpResponse<String>> parked() {
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return client.ask(client.acknowledged(), 50);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> service.meter("websocket.requests.waiting") == 1);
        return answer;
    }

    @Test
    void aClientSubscribesPublishesAndIsSentWhatIsPublished() throws IOException {
        client.open(subscribe());
        assertThat(client.next("subscribed").path("topic").asString()).isEqualTo(topic);
        topics.publish(topic, "one");
        assertThat(client.next("publication").path("data").asString()).isEqualTo("one");
        assertThat(client.post("{'type':'publish','id':2,'topic':'" + topic + "','data':'two'}"))
                .isEqualTo(202);
        assertThat(client.next("publication").path("data").asString()).isEqualTo("two");
        assertThat(client.end()).isEqualTo(204);
        assertThat(client.next("closed").path("code").asInt()).isEqualTo(1000);
        assertThat(client.poll(0)).isEqualTo(404);
    }

    @Test
    void theFirstLineSaysWhatTheClientMayDo() throws IOException {
        HttpResponse<String> answer = RunningService.exchange(
                HttpRequest.newBuilder(service.http("/push?wait=0")).POST(BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(answer.body())
                .matches("\\{\"type\":\"connected\",\"session\":\"[A-Za-z0-9]+-[\\w-]{32}\","
                        + "\"connection\":\"\\w+-\\w+\",\"limits\":\\{\"messageSize\":65536,.*}}\n");
    }

    @Test
    void aLostAnswerIsRepeated() throws IOException {
        client.open(subscribe());
        client.next("subscribed");
        long before = client.acknowledged();
        topics.publish(topic, "one");
        String first = client.ask(before, 20).body();
        assertThat(first).contains("\"one\"");
        topics.publish(topic, "two");
        assertThat(client.ask(before, 20).body()).isEqualTo(first);
        String second = client.ask(before + 1, 20).body();
        assertThat(second).contains("\"two\"").doesNotContain("\"one\"");
        assertThat(client.ask(before + 1, 20).body()).isEqualTo(second);
        assertThat(client.ask(before, 20).statusCode()).isEqualTo(400);
        assertThat(client.ask(before + 3, 20).statusCode()).isEqualTo(400);
        assertThat(client.ask(before + 2, 0).body()).isEmpty();
    }

    @Test
    void aRepeatedPostRunsOnce() throws IOException {
        client.open(subscribe());
        client.next("subscribed");
        String publish = "{'type':'publish','id':2,'topic':'" + topic + "','data':'once'}";
        assertThat(client.post(1, publish)).isEqualTo(202);
        assertThat(client.post(1, publish)).isEqualTo(202);
        assertThat(client.post(3, publish)).isEqualTo(409);
        assertThat(client.post(2, "{'type':'ping','id':3}")).isEqualTo(202);
        assertThat(client.post(1, publish)).isEqualTo(202);
        client.next("pong");
        assertThat(topics.position(topic).offset()).isEqualTo(1);
    }

    @Test
    void postsAreCarriedOutInTheirOrder() throws IOException {
        client.open();
        for (int i = 0; i < 30; i++) {
            assertThat(client.post("{'type':'ping','id':" + i + "}")).isEqualTo(202);
        }
        for (int i = 0; i < 30; i++) {
            assertThat(client.next("pong").path("id").asInt()).isEqualTo(i);
        }
    }

    @Test
    void aPollThatWaitsIsNoConnectionAndEndsWithWhatComes() throws Exception {
        client.open(subscribe());
        client.next("subscribed");
        CompletableFuture<HttpResponse<String>> answer = parked();
        assertThat(service.meter("websocket.connections.active", "transport", "poll"))
                .isEqualTo(1);
        assertThat(service.openConnections()).isEqualTo(1);
        var listed = service.bean(Connections.class).list(ALL, ConnectionOrder.AGE, 0, 10);
        assertThat(listed.total()).isEqualTo(1);
        assertThat(listed.connections().getFirst().transport()).isEqualTo("poll");
        topics.publish(topic, "hello");
        assertThat(answer.get().body()).contains("\"data\":\"hello\"").endsWith("\n");
        assertThat(answer.get().headers().firstValue("Connection")).hasValue("close");
    }

    @Test
    void aSecondPollEndsTheFirst() throws Exception {
        client.open(subscribe());
        client.next("subscribed");
        CompletableFuture<HttpResponse<String>> first = parked();
        CompletableFuture<HttpResponse<String>> second = CompletableFuture.supplyAsync(() -> {
            try {
                return client.ask(client.acknowledged(), 50);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(first.get().body()).isEmpty();
        topics.publish(topic, "hello");
        assertThat(second.get().body()).contains("hello");
    }

    @Test
    void whenThePollersConnectionBreaksTheServiceKnowsAtOnce() throws IOException {
        client.open(subscribe());
        client.next("subscribed");
        try (RawClient poller = RawClient.connect(service)) {
            poller.send(("GET /push/" + client.session() + "?ack=" + client.acknowledged()
                            + "&wait=50 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(poller.readReplyHead().status()).isEqualTo(200); // so it waits
            poller.reset();
        }
        // what comes now waits for the next poll
        await().until(() -> {
            topics.publish(topic, "hello");
            return service.bean(Connections.class)
                            .find(connection())
                            .orElseThrow()
                            .outboxBytes()
                    > 0;
        });
        assertThat(client.next("publication").path("data").asString()).isEqualTo("hello");
    }

    private String connection() {
        return service.bean(Connections.class)
                .list(ALL, ConnectionOrder.AGE, 0, 10)
                .connections()
                .getFirst()
                .id();
    }

    @Test
    void anEmptyAnswerComesWhenNothingElseDoes() throws IOException {
        client.open();
        assertThat(client.ask(0, 1).body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, ?ack=0", "GET, ?ack=0&wait=5", "POST, ?seq=1", "POST, ''", "POST, ?close=1", "DELETE, ''"})
    void anUnknownSessionIsNotFound(String method, String query) throws IOException {
        client.open();
        String guessed = client.session().substring(0, client.session().length() - 1)
                + (client.session().endsWith("A") ? "B" : "A");
        for (String id : List.of(guessed, "nobody-" + "A".repeat(32), "nonsense", "a-b-c")) {
            HttpResponse<String> answer =
                    RunningService.exchange(HttpRequest.newBuilder(service.http("/push/" + id + query))
                            .method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(id).isEqualTo(404);
            assertThat(answer.body()).doesNotContain(id);
        }
        assertThat(client.end()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?ack=", "?ack=-1", "?ack=x", "?ack=0&wait=x", "?ack=99999999999999999999"})
    void aPollThatCannotBeReadIsRefused(String query) throws IOException {
        client.open();
        assertThat(service.get("/push/" + client.session() + query).statusCode())
                .isEqualTo(400);
    }

    @Test
    void bodiesHaveALimit() throws IOException {
        client.open();
        String large = "{'type':'ping','id':1}\n" + " ".repeat(64 * 1024);
        assertThat(client.post(large)).isEqualTo(413);
        assertThat(client.post("{'type':'ping','id':2}")).isEqualTo(202);
        assertThat(client.next("pong").path("id").asInt()).isEqualTo(2);
    }

    @Test
    void thereIsALimitToSessionsThatArePolled() throws IOException {
        double before = service.meter("websocket.limits.exceeded", "limit", "polled_sessions");
        List<PollingClient> clients = IntStream.range(0, 20)
                .mapToObj(i -> new PollingClient(service::http))
                .toList();
        for (PollingClient each : clients) {
            each.open();
        }
        HttpResponse<String> refused = RunningService.exchange(
                HttpRequest.newBuilder(service.http("/push?wait=0")).POST(BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(service.meter("websocket.limits.exceeded", "limit", "polled_sessions"))
                .isGreaterThan(before);
        clients.getFirst().end();
        clients.getFirst().next("closed");
        await().until(() -> service.openConnections() == 19);
        client.open();
    }
}
