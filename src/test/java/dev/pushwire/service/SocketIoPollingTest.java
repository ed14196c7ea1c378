package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long polling of Engine.IO, request by request. */
class SocketIoPollingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";
    private static final String PAGE = "https://app.example.com";
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningService service = RunningService.with(
            new Class<?>[] {SocketIoTestNamespaces.class},
            "pushwire.demo.enabled=false",
            "pushwire.websocket.allowed-origins=" + PAGE,
            "pushwire.websocket.max-message-size=10000",
            "pushwire.limits.connections-per-address=3",
            "pushwire.socketio.ping-interval=2s",
            "pushwire.socketio.ping-timeout=2s");

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.http(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> get(String sid) {
        return RunningService.exchange(request(PATH + "&sid=" + sid).GET());
    }

    private HttpResponse<String> post(String sid, String body, String type) {
        return RunningService.exchange(request(PATH + "&sid=" + sid)
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", type));
    }

    private String begin() {
        HttpResponse<String> answer =
                await().atMost(PATIENCE).until(() -> service.get(PATH), first -> first.statusCode() == 200);
        assertThat(answer.body())
                .matches("0\\{\"sid\":\"[^\"]+\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":2000,"
                        + "\"pingTimeout\":2000,\"maxPayload\":10000}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return answer.body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    /** A session that ends may still be collected from until its endpoint has been told. */
    private void assertUnknown(String sid) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> answer = get(sid);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(UNKNOWN);
        });
    }

    @Test
    void takesAndBringsSeveralPackets() {
        String sid = begin();
        HttpResponse<String> posted = post(sid, "40\u001E42[\"message\",\"ü\"]\u001E420[\"add\",1,2]", "text/plain");
        assertThat(posted.body()).isEqualTo("ok");
        assertThat(posted.headers().firstValue("Content-Type")).hasValue("text/html");
        StringBuilder got = new StringBuilder();
        await().atMost(PATIENCE)
                .until(() -> got.append(get(sid).body()).append('\u001E'), all -> all.indexOf("430[3]") > 0);
        assertThat(got.toString().replaceAll("\u001E?2\u001E", "\u001E"))
                .matches(
                        "40\\{\"sid\":\"[^\"]+\"}\u001E42\\[\"auth\",\\{}]\u001E42\\[\"message-back\",\"ü\"]\u001E430\\[3]\u001E");
        post(sid, "1", "text/plain");
    }

    /** The body has the type of a form, which a servlet could read as parameters. */
    @Test
    void readsABodyWhateverItCallsItself() {
        String sid = begin();
        assertThat(post(sid, "40", "application/x-www-form-urlencoded").body()).isEqualTo("ok");
        post(sid, "1", "text/plain");
        assertUnknown(sid);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', 0",
        "GET, transport=abc&EIO=4, 0",
        "GET, transport=polling, 5",
        "GET, transport=polling&EIO=3, 5",
        "POST, transport=polling&EIO=4, 2",
        "OPTIONS, transport=polling&EIO=4, 2",
        "GET, transport=polling&EIO=4&sid=x, 1",
        "GET, transport=polling&EIO=4&sid=node-0123456789abcdef0123456789abcdef, 1",
        "GET, transport=websocket&EIO=4, 3"
    })
    void refusesInTheWordsOfTheReference(String method, String query, int code) {
        HttpResponse<String> answer = RunningService.exchange(request("/socket.io/?" + query)
                .method(method, BodyPublishers.noBody())
                .header("Origin", PAGE));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"code\":" + code + ",");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
    }

    @Test
    void isForPagesThatAreAllowed() {
        HttpResponse<String> foreign =
                RunningService.exchange(request(PATH).GET().header("Origin", "https://elsewhere.example.com"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void answersThePreflightWithWhateverHeaderIsAskedFor() {
        HttpResponse<String> answer = RunningService.exchange(request(PATH + "&sid=x")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", PAGE)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-of-the-application"));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("x-of-the-application"));
    }

    @Test
    void endsTheSessionThatPostsWhatIsNoPacket() {
        String sid = begin();
        assertThat(post(sid, "abc", "text/plain").statusCode()).isEqualTo(400);
        assertUnknown(sid);
    }

    @Test
    void endsTheSessionThatPostsBytes() {
        String sid = begin();
        assertThat(post(sid, "4", "application/octet-stream").statusCode()).isEqualTo(400);
        assertUnknown(sid);
    }

    @Test
    void endsTheSessionThatPostsTooMuch() {
        String sid = begin();
        assertThat(post(sid, "4" + "x".repeat(10_000), "text/plain").statusCode())
                .isEqualTo(413);
        assertUnknown(sid);
    }

    @Test
    void endsTheSessionThatPostsTooMuchInChunks() {
        String sid = begin();
        HttpResponse<String> chunked = RunningService.exchange(request(PATH + "&sid=" + sid)
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("4" + "x".repeat(10_000)))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertUnknown(sid);
    }

    @Test
    void endsTheSessionWithTwoPollsAtOnce() {
        String sid = begin();
        CompletableFuture<HttpResponse<String>> first = wait(sid);
        await().atMost(PATIENCE).until(() -> get(sid).statusCode() == 400 || first.isDone());
        assertThat(first.join().body()).isEqualTo("1");
        assertUnknown(sid);
    }

    /** Starts a poll, and returns once it waits. */
    private CompletableFuture<HttpResponse<String>> wait(String sid) {
        CompletableFuture<HttpResponse<String>> answer =
                HTTP.sendAsync(request(PATH + "&sid=" + sid).GET().build(), BodyHandlers.ofString());
        await().atMost(PATIENCE)
                .until(() -> service.bean("pushwireEngineServer", dev.pushwire.engineio.EngineServer.class)
                                .waitingPolls()
                        > 0);
        return answer;
    }

    @Test
    void answersThePollOfAClientThatLeaves() {
        String sid = begin();
        CompletableFuture<HttpResponse<String>> poll = wait(sid);
        assertThat(post(sid, "1", "text/plain").body()).isEqualTo("ok");
        assertThat(poll.join().body()).isEqualTo("6");
        assertUnknown(sid);
    }

    @Test
    void noticesThatAClientIsGone() {
        String sid = begin();
        wait(sid).cancel(true);
        await().atMost(PATIENCE)
                .until(() -> service.meter("websocket.connections.active", "transport", "polling") == 0);
        assertUnknown(sid);
    }
    /** A poll shows that the network lives, but not the page. */
    @Test
    void endsTheSessionOfAClientThatPollsAndAnswersNoPing() {
        String sid = begin();
        List<String> polled = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> answer = get(sid);
            polled.add(answer.body());
            return answer.statusCode() == 400;
        });
        assertThat(polled).startsWith("2").endsWith("1", UNKNOWN);
    }

    /** So that a client that only begins a session takes no memory for long. */
    @Test
    void isLimitedAndForgotten() {
        await().atMost(PATIENCE)
                .until(() -> service.meter("websocket.connections.active", "transport", "polling") == 0);
        String sid = begin();
        begin();
        begin();
        assertThat(service.get(PATH).statusCode()).isEqualTo(429);
        assertThat(service.meter("websocket.connections.active", "transport", "polling"))
                .isEqualTo(3);
        await().atMost(PATIENCE)
                .until(() -> service.meter("websocket.connections.active", "transport", "polling") == 0);
        assertUnknown(sid);
    }
}
