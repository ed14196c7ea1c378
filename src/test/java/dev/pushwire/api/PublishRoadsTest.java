package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter answers a plain path, and the controller an encoded one. The answers are the same. */
class PublishRoadsTest {
    private static final String KEY = "0123456789abcdef";
    private static final String READER = "read-0123456789abc";

    private final RunningService service = RunningService.with(
            "pushwire.api.keys.test.secret=" + KEY,
            "pushwire.api.keys.reader.secret=" + READER,
            "pushwire.api.keys.reader.scopes=read",
            "pushwire.access.jwt.secret=" + Tokens.SECRET,
            "pushwire.websocket.allowed-origins=https://app.example.com",
            "pushwire.websocket.max-message-size=1KB");

    private HttpResponse<String> publish(String path, String key, String contentType, byte[] body, String idempotency) {
        return publish(path, headers(key, contentType, idempotency, null), BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> publish(String path, Map<String, String> headers, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path)).POST(body);
        headers.forEach(request::header);
        return RunningService.exchange(request);
    }

    private static Map<String, String> headers(String key, String contentType, String idempotency, String origin) {
        Map<String, String> headers = new HashMap<>();
        if (key != null) {
            headers.put("Authorization", "Bearer " + secret(key));
        }
        if (contentType != null) {
            headers.put("Content-Type", contentType);
        }
        if (idempotency != null) {
            headers.put("Idempotency-Key", idempotency);
        }
        if (origin != null) {
            headers.put("Origin", origin);
        }
        return headers;
    }

    private static String secret(String key) {
        return switch (key) {
            case "token" -> Tokens.of("ada").publishing("roads.one").signed();
            case "other token" -> Tokens.of("ada").publishing("elsewhere").signed();
            default -> key;
        };
    }

    /** The answer without the time, and without what depends on the spelling of the path. */
    private static String comparable(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(Set.of("date", "content-length"));
        return answer.statusCode() + " " + headers + " "
                + answer.body()
                        .replaceAll("\"instance\":\"[^\"]*\"", "")
                        .replaceAll("\"position\":\"[^\"]*\"", "\"position\":\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        // key, content type, body, idempotency key, origin, status
        "0123456789abcdef, text/plain, hello, , , 202",
        "0123456789abcdef, text/plain, '', , , 202",
        "0123456789abcdef, , hello, , , 202",
        "0123456789abcdef, nonsense, hello, , , 202",
        "0123456789abcdef, text/plain, \uFFFD is a character, , , 202",
        "0123456789abcdef, application/octet-stream, hello, , , 202",
        "0123456789abcdef, application/json, '{\"a\":1}', , , 202",
        "0123456789abcdef, application/x-www-form-urlencoded, a=1&b=2, , , 202",
        "0123456789abcdef, text/plain, hello, , https://app.example.com, 202",
        "0123456789abcdef, text/plain, hello, , https://evil.example.com, 202",
        "0123456789abcdef, application/json, '{', , , 400",
        "0123456789abcdef, text/plain, hello, '', , 400",
        "0123456789abcdef, text/plain, x*2000, , , 413",
        "token, text/plain, hello, , https://app.example.com, 202",
        "other token, text/plain, hello, , https://app.example.com, 403",
        "wrong-0123456789ab, text/plain, hello, , , 401",
        "wrong-0123456789ab, text/plain, hello, , https://app.example.com, 401",
        ", text/plain, hello, , , 401",
        "read-0123456789abc, text/plain, hello, , , 403",
        "read-0123456789abc, text/plain, x*2000, , , 403",
    })
    void answerAlike(String key, String contentType, String text, String idempotency, String origin, int status) {
        byte[] body = (text.equals("x*2000") ? "x".repeat(2000) : text).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers(key, contentType, idempotency, origin);
        for (BodyPublisher sent : List.of(BodyPublishers.ofByteArray(body), withoutLength(body))) {
            HttpResponse<String> straight = publish("/topics/roads.one", headers, sent);
            HttpResponse<String> round = publish("/topics/roads.%6fne", headers, sent);
            assertThat(straight.statusCode()).as(straight.body()).isEqualTo(status);
            assertThat(comparable(straight)).isEqualTo(comparable(round));
        }
    }

    /** A body in chunks. */
    private static BodyPublisher withoutLength(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    @Test
    void answerBytesThatAreNoTextAlike() {
        byte[] body = {(byte) 0xC0, (byte) 0xAF};
        HttpResponse<String> straight = publish("/topics/roads.one", KEY, "text/plain", body, null);
        assertThat(straight.statusCode()).isEqualTo(400);
        assertThat(comparable(straight))
                .isEqualTo(comparable(publish("/topics/roads.%6fne", KEY, "text/plain", body, null)));
    }

    @Test
    void areOnePublicationUnderOneIdempotencyKey() {
        byte[] body = {'1'};
        assertThat(publish("/topics/roads.two", KEY, "text/plain", body, "k").body())
                .contains("\"duplicate\":false");
        assertThat(publish("/topics/roads.%74wo", KEY, "text/plain", body, "k").body())
                .contains("\"duplicate\":true");
        assertThat(publish("/topics/roads.two", KEY, "text/plain", body, "k").body())
                .contains("\"duplicate\":true");
    }

    @ParameterizedTest
    @CsvSource({"/topics/roads;v=1, 400", "/topics/, 404", "/topics/a/b, 404", "/topics/a/, 404", "//topics/a, 404"})
    void leaveOtherPathsAsTheyWere(String path, int status) {
        assertThat(publish(path, KEY, "text/plain", new byte[] {'1'}, null).statusCode())
                .isEqualTo(status);
    }

    /** A topic must never become a tag. */
    @Test
    void areMeasuredUnderTheirPattern() {
        MeterRegistry meters = service.bean(MeterRegistry.class);
        publish("/topics/roads.three", KEY, "text/plain", new byte[] {'1'}, null);
        publish("/topics/roads.three", "wrong-0123456789ab", "text/plain", new byte[] {'1'}, null);
        for (String status : new String[] {"202", "401"}) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Timer timer = meters.find("http.server.requests")
                        .tags("uri", "/topics/{topic}", "method", "POST", "status", status)
                        .timer();
                assertThat(timer).isNotNull();
            });
        }
        assertThat(meters.find("http.server.requests").tag("uri", "UNKNOWN").timers())
                .isEmpty();
    }
}
