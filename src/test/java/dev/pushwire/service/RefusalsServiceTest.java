package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.HandshakeRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a handshake is refused: a problem (RFC 9457) for programs that ask for one, else a line of text. */
class RefusalsServiceTest {
    private final RunningService service = RunningService.with();

    private HttpReply ask(HandshakeText request) {
        try (RawClient client = RawClient.connect(service)) {
            return client.ask(request);
        }
    }

    private static void assertProblem(HttpReply reply, int status, String title, String detail) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(reply.body());
        assertThat(problem.propertyNames()).containsExactlyInAnyOrder("status", "title", "detail");
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isEqualTo(title);
        assertThat(problem.get("detail").stringValue()).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/problem+json",
                "application/json",
                "APPLICATION/JSON",
                "application/*",
                "application/problem+json, text/plain;q=0.5",
                "text/html, application/json;q=0.1",
                "*/*;q=0.1, application/json",
                "text/plain;q=0, application/problem+json;q=0.01"
            })
    void inJsonForThoseWhoAskForIt(String accept) {
        HttpReply reply =
                ask(HandshakeText.of("/echo").with("Sec-WebSocket-Version: 8").and("Accept: " + accept));
        assertProblem(reply, 426, "Upgrade Required", "Sec-WebSocket-Version must be 13.");
        assertThat(reply.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(reply.header("Upgrade")).isEqualTo("websocket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "text/*, application/json;q=0.9",
                "text/html",
                "application/json;q=0",
                "application/json;q=0, */*",
                "nonsense",
                "application/json;q=x",
                "image/*"
            })
    void inTextForAllOthers(String accept) {
        ask(HandshakeText.of("/echo").with("Sec-WebSocket-Version: 8").and("Accept: " + accept))
                .assertRefused(426, "Sec-WebSocket-Version");
    }

    @Test
    void acceptMayHaveSeveralLines() {
        HandshakeText request = HandshakeText.of("/echo").and("Origin: https://evil.example");
        ask(request).assertRefused(403, "Origin");
        assertProblem(
                ask(request.and("Accept: text/html", "accept: application/json")),
                403,
                "Forbidden",
                "This Origin is not allowed to open a WebSocket here.");
    }

    @ParameterizedTest
    @CsvSource({"401, Unauthorized", "418, I'm a teapot", "499, Error", "503, Service Unavailable"})
    void whateverAnEndpointSays(int status, String title) {
        String reason = "Who \"are\" you? \\ Ünknown.";
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD).onHandshake(request -> {
            throw new HandshakeRefusedException(status, reason);
        });
        HttpReply reply = ask(HandshakeText.of(probe.path()).and("Accept: application/problem+json"));
        assertProblem(reply, status, title, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topics/news;v=1", "/topics;v=1/news", "/chat/room;", "/echo;jsessionid=1"})
    void aPathWithParametersIsNoneOfOurs(String path) {
        HandshakeText request = HandshakeText.of(path);
        ask(request).assertRefused(400, "%3B");
        assertProblem(
                ask(request.and("Accept: application/json")),
                400,
                "Bad Request",
                "A path has no parameters here: a semicolon in it must be percent-encoded, as %3B.");
        assertThat(service.meter("websocket.handshakes", "result", "malformed")).isPositive();
    }
}
