package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.Connections;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Topics;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /push} over responses that go on. */
class PushStreamServiceTest {
    private static final ConnectionFilter ALL = new ConnectionFilter(null, null, null, Duration.ZERO, 0);

    private final RunningService service = RunningService.with(
            "pushwire.topics[0].name=kept.>",
            "pushwire.topics[0].history-size=1000",
            "pushwire.topics[0].publish=public",
            "pushwire.push.http.max-polled=20",
            "pushwire.websocket.allowed-origins=https://page.example",
            "pushwire.websocket.close-timeout=300ms");
    private final Topics topics = service.bean(Topics.class);
    private final String topic = "kept." + UUID.randomUUID();

    @AfterEach
    void end() {
        service.bean(Connections.class).close(ALL, CloseStatus.NORMAL);
        await().until(() -> service.openConnections() == 0);
    }

    private HttpRequest.Builder post(String path, String... commands) {
        return HttpRequest.newBuilder(service.http(path)).POST(BodyPublishers.ofString(PollingClient.lines(commands)));
    }

    private String subscribe() {
        return "{'type':'subscribe','id':1,'topic':'" + topic + "'}";
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-ndjson, application/x-ndjson, stream",
        "*/*, application/x-ndjson, stream",
        "text/event-stream;q=0, application/x-ndjson, stream",
        "'text/event-stream, application/x-ndjson', application/x-ndjson, stream",
        "'TEXT/Event-Stream, application/x-ndjson;q=0', text/event-stream;charset=utf-8, sse",
        "text/event-stream, text/event-stream;charset=utf-8, sse"
    })
    void aClientSubscribesPublishesAndIsSentWhatIsPublished(String accept, String type, String transport)
            throws IOException {
        try (LineStream stream = LineStream.open(post("/push", subscribe()).header("Accept", accept))) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.response().headers().firstValue("Content-Type")).hasValue(type);
            assertThat(stream.response().headers().firstValue("X-Accel-Buffering"))
                    .hasValue("no");
            String session = stream.next("connected").path("session").asString();
            stream.next("subscribed");
            assertThat(service.meter("websocket.connections.active", "endpoint", "/push", "transport", transport))
                    .isEqualTo(1);
            topics.publish(topic, "one\nof two lines");
            assertThat(stream.next("publication").path("data").asString()).isEqualTo("one\nof two lines");
            String publish = "{'type':'publish','id':2,'topic':'" + topic + "','data':'two'}\n{'type':'ping','id':3}";
            assertThat(RunningService.exchange(post("/push/" + session + "?seq=1", publish))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(stream.next("publication").path("data").asString()).isEqualTo("two");
            assertThat(stream.next("pong").path("id").asInt()).isEqualTo(3);
            assertThat(RunningService.exchange(HttpRequest.newBuilder(service.http("/push/" + session))
                                    .DELETE())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(stream.next("closed").path("code").asInt()).isEqualTo(1000);
            stream.assertEnd();
            assertThat(RunningService.exchange(post("/push/" + session, "")).statusCode())
                    .isEqualTo(404);
        }
    }

    /** An EventSource sends no body. */
    @Test
    void anEventSourceOpensASession() throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.http("/push")).header("Accept", "text/event-stream");
        try (LineStream stream = LineStream.open(request)) {
            String session = stream.next("connected").path("session").asString();
            RunningService.exchange(post("/push/" + session, subscribe()));
            assertThat(stream.next("subscribed").path("topic").asString()).isEqualTo(topic);
        }
    }

    @Test
    void othersWhoAskWithGetAreToldOfTheWebSocket() {
        assertThat(service.get("/push").statusCode()).isEqualTo(426);
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/push").and("Accept: text/event-stream"));
        }
    }

    @Test
    void aStreamIsNotPolled() throws IOException {
        try (LineStream stream = LineStream.open(post("/push"))) {
            String session = stream.next("connected").path("session").asString();
            assertThat(service.get("/push/" + session + "?ack=0").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whenItsClientIsGoneItsSessionIs() throws IOException {
        String session;
        try (LineStream stream = LineStream.open(post("/push", subscribe()))) {
            session = stream.next("connected").path("session").asString();
        }
        await().until(() -> RunningService.exchange(post("/push/" + session)).statusCode() == 404);
    }

    @Test
    void malformedCommandsEndIt() throws IOException {
        try (LineStream stream = LineStream.open(post("/push", "x\n".repeat(16)))) {
            assertThat(stream.next("error").path("code").asString()).isEqualTo("malformed");
            assertThat(stream.next("closed").path("code").asInt()).isEqualTo(4400);
            stream.assertEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/push", "/push?wait=1"})
    void bodiesThatAreNotTextAreRefused(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.http(path)).POST(BodyPublishers.ofByteArray(new byte[] {'{', -1, '}'}));
        assertThat(RunningService.exchange(request).statusCode()).isEqualTo(400);
        HttpRequest.Builder large = post(path, " ".repeat(64 * 1024 + 1));
        assertThat(RunningService.exchange(large).statusCode()).isEqualTo(413);
        assertThat(service.openConnections()).isZero();
    }

    @Test
    void pagesOfAllowedOriginsMayUseIt() {
        HttpResponse<String> allowed =
                RunningService.exchange(post("/push?wait=0").header("Origin", "https://page.example"));
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://page.example");
        String session = allowed.body().replaceFirst(".*\"session\":\"([^\"]*)\".*\n", "$1");
        for (String path : new String[] {"/push?wait=0", "/push/" + session}) {
            HttpResponse<String> refused = RunningService.exchange(post(path).header("Origin", "https://evil.example"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        HttpResponse<String> gone = RunningService.exchange(
                post("/push/nobody-" + "A".repeat(32)).header("Origin", "https://page.example"));
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://page.example");
        HttpResponse<String> preflight =
                RunningService.exchange(HttpRequest.newBuilder(service.http("/push/" + session))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .headers("Origin", "https://page.example", "Access-Control-Request-Method", "DELETE"));
        assertThat(preflight.statusCode()).isEqualTo(204);
    }

    @Test
    void otherMethodsAreNamed() {
        HttpResponse<String> put = RunningService.exchange(
                HttpRequest.newBuilder(service.http("/push/x-y")).PUT(BodyPublishers.noBody()));
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).hasValue("GET, POST, DELETE");
    }

    @Test
    void requestsAreCounted() {
        double before = service.meter("websocket.push.requests", "request", "post", "status", "404");
        RunningService.exchange(post("/push/nobody-" + "A".repeat(32)));
        await().until(() -> service.meter("websocket.push.requests", "request", "post", "status", "404") == before + 1);
    }
}
