package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat refuses before any of our code sees it: answered like every other error, and nothing given away. */
class RefusedRequestsTest {
    private static final String HOST = "Host: localhost\r\n";

    private final RunningService service = RunningService.with();

    static Stream<Arguments> requests() {
        String tooLong = "tell-tale".repeat(2000);
        return Stream.of(
                Arguments.of("no HTTP at all", 400, "\u0016\u0003\u0001\u0002tell-tale\r\n\r\n"),
                Arguments.of("a request line without an end", 400, tooLong),
                Arguments.of("a method with a strange character", 400, "TELL@TALE / HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("a version that is none", 400, "GET /tell-tale HTTP/x\r\n" + HOST + "\r\n"),
                Arguments.of("a later version", 505, "GET /tell-tale HTTP/3.0\r\n" + HOST + "\r\n"),
                Arguments.of("a pipe in the path", 400, get("/topics/tell-tale|b")),
                Arguments.of("an escape that is none", 400, get("/topics/tell-tale%zz")),
                Arguments.of("an escaped slash", 400, get("/topics/tell-tale%2fb")),
                Arguments.of("a backslash", 400, get("/topics/tell-tale\\b")),
                Arguments.of("a path out of the root", 400, get("/../tell-tale")),
                Arguments.of("a path that is too long", 400, get("/topics/" + tooLong)),
                Arguments.of("no host", 400, "GET /tell-tale HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", 400, "GET /tell-tale HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                Arguments.of("a host that is none", 400, host("tell<tale>")),
                Arguments.of("an underscore that is no letter", 400, host("[tell_::1]")),
                Arguments.of("an underscore in a port", 400, host("telltale:8_0")),
                Arguments.of("underscores and a dot too many", 400, host("tell_tale..example")),
                Arguments.of("a header without a name", 400, with(": tell-tale")),
                Arguments.of("a header with a space in its name", 400, with("tell tale: 1")),
                Arguments.of("a header that is too long", 400, with("X: " + tooLong)),
                Arguments.of("a length that is none", 400, with("Content-Length: tell-tale")),
                Arguments.of("a transfer encoding that nobody knows", 501, with("Transfer-Encoding: tell-tale")),
                Arguments.of("an expectation that nobody meets", 417, with("Expect: tell-tale")),
                Arguments.of("a proxy's method", 501, "CONNECT tell-tale:80 HTTP/1.1\r\n" + HOST + "\r\n"));
    }

    private static String host(String name) {
        return "GET / HTTP/1.1\r\nHost: " + name + "\r\n\r\n";
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n";
    }

    private static String with(String header) {
        return "POST /topics/news HTTP/1.1\r\n" + HOST + header + "\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isAProblemThatRepeatsNothing(String name, int status, String request) {
        double before = refused(status);
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientFrames.utf8(request));
            HttpReply reply = client.readReply();
            assertThat(refused(status)).as("refused, as the meter has it").isEqualTo(before + 1);
            assertThat(reply.status()).as("%s", reply).isEqualTo(status);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.headers()).doesNotContainKeys("Server", "X-Powered-By");
            assertThat(reply.toString()).doesNotContainIgnoringCase("tell", "tomcat", "apache", "<", "exception");
            JsonNode problem = JsonMapper.shared().readTree(reply.body());
            assertThat(problem.get("status").asInt()).isEqualTo(status);
            assertThat(problem.get("title").stringValue()).isNotBlank();
            assertThat(problem.get("detail").stringValue()).endsWith(".");
        }
    }

    private double refused(int status) {
        return service.meter("websocket.requests.refused", "status", Integer.toString(status));
    }

    @Test
    void whatTheApplicationRefusesIsNotAmongThem() {
        double before = service.meter("websocket.requests.refused");
        assertThat(service.get("/no/such/page").statusCode()).isEqualTo(404);
        assertThat(service.get("/topics/a..b").statusCode()).isEqualTo(400);
        assertThat(service.get("/push").statusCode()).isEqualTo(426);
        assertThat(service.meter("websocket.requests.refused")).isEqualTo(before);
    }

    @Test
    void aHeadRequestGetsNoBody() {
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientFrames.utf8("HEAD /topics/a%2fb HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"));
            HttpReply reply = client.readReplyHead();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            client.assertEndOfStream();
        }
    }

    /** A client must not be able to fill the log with requests. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void dotsThatLeadUpAreNotLogged(CapturedOutput output) {
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientFrames.utf8(get("/tell-tale/../tell-tale")));
            assertThat(client.readReply().status()).isEqualTo(404);
        }
        assertThat(output).doesNotContain("tell-tale");
    }
}
