package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Requests and answers at {@code /push} without a WebSocket match the document. A filter answers there, and no
 * controller.
 */
class PushOpenApiTest {
    /** As {@link OpenApi#operations}. */
    static final Map<String, List<String>> OPERATIONS = Map.of(
            "POST /push", List.of("wait?"),
            "GET /push", List.of(),
            "GET /push/{session}", List.of("ack", "session", "wait?"),
            "POST /push/{session}", List.of("close?", "seq?", "session"),
            "DELETE /push/{session}", List.of("session"));

    private static final String NOBODYS = "/push/nobody-" + "A".repeat(32);
    private static final String PING = "{\"type\":\"ping\",\"id\":1}";

    private final RunningService service = RunningService.with();

    private HttpResponse<String> exchange(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.http(path)).method(method, BodyPublishers.ofString(body));
        return RunningService.exchange(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> assertDocumented(int status, String method, String path, String body) {
        HttpResponse<String> answer = exchange(method, path, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        OpenApi.assertAnswer(method, path, answer);
        return answer;
    }

    private String open() {
        String opened = assertDocumented(200, "POST", "/push?wait=0", "").body();
        return "/push/" + opened.replaceFirst("(?s).*\"session\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void aSessionThatIsPolled() {
        String session = open();
        assertDocumented(202, "POST", session + "?seq=1", PING);
        assertThat(assertDocumented(200, "GET", session + "?ack=0&wait=20", "").body())
                .contains("pong");
        assertThat(assertDocumented(200, "GET", session + "?ack=1", "").body()).isEmpty();
        assertDocumented(204, "DELETE", session, "");
        String other = open();
        assertDocumented(204, "POST", other + "?close=1", "");
    }

    @Test
    void whatIsRefused() {
        String session = open();
        assertDocumented(400, "GET", session + "?ack=7", "");
        assertDocumented(409, "POST", session + "?seq=7", PING);
        assertDocumented(413, "POST", session, " ".repeat(65_537));
        assertDocumented(204, "DELETE", session, "");
        assertDocumented(413, "POST", "/push?wait=0", " ".repeat(65_537));
        assertDocumented(426, "GET", "/push", "");
        assertDocumented(404, "GET", NOBODYS + "?ack=0", "");
        assertDocumented(404, "POST", NOBODYS, PING);
        assertDocumented(404, "DELETE", NOBODYS, "");
    }

    @Test
    void whatPagesOfOtherOriginsAreRefused() {
        for (String operation : OPERATIONS.keySet()) {
            String method = operation.split(" ")[0];
            String path = operation.endsWith("}") ? NOBODYS + "?ack=0" : "/push";
            HttpResponse<String> answer =
                    exchange(method, path, "", "Origin", "https://evil.example", "Accept", "text/event-stream");
            assertThat(answer.statusCode()).as(operation).isEqualTo(403);
            OpenApi.assertAnswer(method, path, answer);
        }
    }

    /** Parameters that the service does not read would be answered with 404 here. */
    @Test
    void eachNumberInTheQueryOfASessionIsRead() {
        for (String method : List.of("GET", "POST", "DELETE")) {
            for (String name : OpenApi.queryParameters(method, NOBODYS, "integer")) {
                String others = name.equals("ack") ? "" : "ack=0&";
                HttpResponse<String> answer = assertDocumented(400, method, NOBODYS + "?" + others + name + "=x", PING);
                assertThat(answer.body()).contains("'" + name + "'");
            }
        }
    }

    @Test
    void theOtherMethodsAreRefused() {
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertNotAllowed(method, "/push", "GET, POST");
        }
        for (String method : List.of("PUT", "PATCH")) {
            assertNotAllowed(method, NOBODYS, "GET, POST, DELETE");
        }
    }

    private void assertNotAllowed(String method, String path, String instead) {
        HttpResponse<String> answer = exchange(method, path, PING);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(instead);
    }
}
