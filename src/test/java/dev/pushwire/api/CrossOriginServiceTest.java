package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of origins that may open WebSockets may use the API with a token, except for its parts for operators. */
class CrossOriginServiceTest {
    private static final String PAGE = "https://app.example.com";
    private static final String OTHER_PAGE = "https://evil.example.com";
    private static final String[] SETTINGS = {
        "pushwire.access.jwt.secret=" + Tokens.SECRET, "pushwire.websocket.allowed-origins=" + PAGE
    };

    private final RunningService service = RunningService.with(SETTINGS);

    private static HttpResponse<String> preflight(RunningService service, String route, String origin) {
        String[] parts = route.split(" ");
        return RunningService.exchange(HttpRequest.newBuilder(service.http(parts[1]))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", parts[0])
                .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));
    }

    private static Optional<String> readableBy(HttpResponse<String> answer) {
        return answer.headers().firstValue("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /topics",
                "GET /topics/news",
                "POST /topics/news",
                "POST /tickets",
                "GET /api/topics",
                "GET /api/topics/news",
                "GET /api/topics/news/history",
                "GET /api/topics/news/presence",
                "POST /api/publications",
                "POST /api/publications/batch",
            })
    void aBrowserThatAsksFirstIsAnswered(String route) {
        HttpResponse<String> answer = preflight(service, route, PAGE);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(readableBy(answer)).hasValue(PAGE);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).hasValue(route.split(" ")[0]);
        assertThat(answer.headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow()
                        .toLowerCase(Locale.ROOT)
                        .split(", "))
                .contains("authorization", "content-type", "idempotency-key");
        HttpResponse<String> other = preflight(service, route, OTHER_PAGE);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(readableBy(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/connections",
                "GET /api/connections/a-1",
                "DELETE /api/connections",
                "DELETE /api/connections/a-1",
                "POST /api/revocations",
                "POST /api/subscriptions",
                "DELETE /api/subscriptions",
                "POST /api/emit",
                "DELETE /topics/news",
                "GET /actuator/health",
            })
    void nothingElseIsOpened(String route) {
        assertThat(readableBy(preflight(service, route, PAGE))).isEmpty();
    }

    private HttpResponse<String> publish(String origin, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http("/topics/across"))
                .POST(BodyPublishers.ofString("hello"))
                .header("Origin", origin);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return RunningService.exchange(request);
    }

    @Test
    void aPageMayReadTheAnswerAndTheReasonOfARefusal() {
        HttpResponse<String> done =
                publish(PAGE, Tokens.of("ada").publishing("across").signed());
        assertThat(done.statusCode()).isEqualTo(202);
        assertThat(readableBy(done)).hasValue(PAGE);
        assertThat(done.headers().allValues("Vary")).contains("Origin");
        HttpResponse<String> refused = publish(PAGE, null);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(readableBy(refused)).hasValue(PAGE);
        assertThat(readableBy(publish(OTHER_PAGE, null))).isEmpty();
    }

    private HttpResponse<String> whyRefused(String path, String origin) {
        return RunningService.exchange(
                HttpRequest.newBuilder(service.http(path)).header("Origin", origin));
    }

    /** A browser tells a page nothing about a refused WebSocket. The same path over HTTP does. */
    @Test
    void aPageMayAskWhyItsHandshakeWasRefused() {
        HttpResponse<String> fine = whyRefused("/push", PAGE);
        assertThat(fine.statusCode()).isEqualTo(426);
        assertThat(readableBy(fine)).hasValue(PAGE);
        HttpResponse<String> badTicket = whyRefused("/push?ticket=none", PAGE);
        assertThat(badTicket.statusCode()).isEqualTo(401);
        assertThat(readableBy(badTicket)).hasValue(PAGE);
        HttpResponse<String> other = whyRefused("/push", OTHER_PAGE);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(readableBy(other)).isEmpty();
    }

    /** Otherwise any page that a developer looks at could publish. */
    @Test
    void thatAPageIsShownOnThisMachineIsNoKey() {
        RunningService open = RunningService.with("pushwire.websocket.allowed-origins=" + PAGE);
        HttpResponse<String> answer = RunningService.exchange(HttpRequest.newBuilder(open.http("/topics/across"))
                .POST(BodyPublishers.ofString("hello"))
                .header("Origin", PAGE));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void withoutStreamsAsWell() {
        RunningService without = RunningService.with(SETTINGS[0], SETTINGS[1], "pushwire.stream.enabled=false");
        assertThat(readableBy(preflight(without, "GET /topics", PAGE))).hasValue(PAGE);
        assertThat(readableBy(preflight(without, "POST /tickets", PAGE))).hasValue(PAGE);
    }
}
