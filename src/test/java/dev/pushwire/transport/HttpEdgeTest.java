package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that HTTP allows before an upgrade, and requests that it does not. Each gets an answer, and no socket hangs.
 */
class HttpEdgeTest {
    private static final HandshakeText ECHO = HandshakeText.of("/echo");
    private static final HandshakeText HEALTH = get("/actuator/health");

    private final RunningService service = RunningService.with();

    private static HandshakeText get(String path) {
        return new HandshakeText("GET " + path + " HTTP/1.1", List.of("Host: localhost"));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        await().untilAsserted(() -> {
            assertThat(service.openConnections()).as("WebSockets open").isZero();
            assertThat(service.httpConnections())
                    .as("connections that Tomcat counts")
                    .isZero();
        });
    }

    @Test
    void anUpgradeOnAConnectionThatWasUsedBefore() {
        try (RawClient client = RawClient.connect(service)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.ask(HEALTH).body()).contains("UP");
            }
            assertThat(client.ask(get("/no/such/page")).status()).isEqualTo(404);
            client.upgrade(ECHO);
            client.assertEchoes("after five requests");
        }
    }

    @Test
    void anUpgradeAfterOneThatWasRefused() {
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(ECHO.with("Sec-WebSocket-Version: 8")).status())
                    .isEqualTo(426);
            assertThat(client.ask(ECHO.and("Origin: https://evil.example")).status())
                    .isEqualTo(403);
            client.upgrade(ECHO);
            client.assertEchoes("at last");
        }
    }

    @Test
    void requestsAnUpgradeAndFramesInOneSegment() {
        try (RawClient client = RawClient.connect(service)) {
            client.send(
                    HEALTH.bytes(),
                    get("/no/such/page").bytes(),
                    HEALTH.bytes(),
                    ECHO.bytes(),
                    ClientFrames.text("one"),
                    ClientFrames.text("two"));
            assertThat(client.readReply().status()).isEqualTo(200);
            assertThat(client.readReply().status()).isEqualTo(404);
            assertThat(client.readReply().body()).contains("UP");
            assertThat(client.readReply().status()).isEqualTo(101);
            client.assertText("one");
            client.assertText("two");
            client.assertEchoes("three");
        }
    }

    @Test
    void theSameByteByByte() {
        try (RawClient client = RawClient.connect(service)) {
            client.dribble(ClientFrames.concat(HEALTH.bytes(), ECHO.bytes(), ClientFrames.text("one")));
            assertThat(client.readReply().status()).isEqualTo(200);
            assertThat(client.readReply().status()).isEqualTo(101);
            client.assertText("one");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void anUpgradeWithABodyIsRefused(String headerAndBody) {
        String request = ECHO.toString();
        try (RawClient client = RawClient.connect(service)) {
            client.send(ClientFrames.utf8(request.substring(0, request.length() - 2) + headerAndBody));
            assertThat(client.readReply().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
    void anUpgradeWhoseBodyNeverComesIsRefused(String header) {
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(ECHO.and(header)).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /echo HTTP/1.0, 400",
        "GET /echo HTTP/1.2, 505",
        "GET /echo HTTP/2.0, 505",
        "POST /echo HTTP/1.1, 405",
        "HEAD /echo HTTP/1.1, 405",
        "CONNECT localhost:80 HTTP/1.1, 501",
        "GET * HTTP/1.1, 400",
        "GET echo HTTP/1.1, 400",
        "GET http://localhost/echo HTTP/1.1, 101",
        "GET http://evil.example/echo HTTP/1.1, 400",
        "GET ws://localhost/echo HTTP/1.1, 400",
        "GET http:///echo HTTP/1.1, 400"
    })
    void aRequestLineGetsItsStatus(String line, int status) {
        assertAnswers(line, status);
    }

    @ParameterizedTest
    @CsvSource({
        "/echo?, 101",
        "/echo?a=%zz, 101",
        "/%65cho, 101",
        "'/echo?a={b}|c', 101",
        "'/echo?q[]=1\\^`<\"x\">', 101",
        "/echo;a=b, 400",
        "/echo;, 400",
        "/echo;jsessionid=1, 400",
        "/chat/caf%c3%a9, 101",
        "/chat/room;a=b, 400",
        "/chat/room%3Ba=b, 101",
        "//echo, 404",
        "/echo/, 404",
        "/./echo, 404",
        "/x/../echo, 404",
        "/%2e/echo, 404",
        "/x/%2e%2e/echo, 404",
        "/;a=b/echo, 404",
        "/chat//room, 404",
        "/chat/room/, 404",
        "/chat/;a=b, 404",
        "/../echo, 400",
        "/echo%00, 400",
        "/%00/echo, 400",
        "/echo%2f, 400",
        "/chat%2froom, 400",
        "/chat/a%2fb, 400",
        "/chat/..%2fecho, 400",
        "/chat/a%5cb, 400",
        "'/chat/a\\b', 400",
        "/chat/%ff, 400",
        "/chat/%, 400",
        "/chat/%zz, 400",
        "/chat/a b, 400",
        "/chat/é, 400",
        "'/echo#fragment', 400"
    })
    void aPathGetsItsStatus(String path, int status) {
        assertAnswers("GET " + path + " HTTP/1.1", status);
    }

    @ParameterizedTest
    @CsvSource({"1, 101", "5000, 101", "20000, 400", "1000000, 400"})
    void aPathMayBeLongButNotEndless(int length, int status) {
        assertAnswers("GET /chat/" + "r".repeat(length) + " HTTP/1.1", status);
    }

    /** Names of containers and of upstreams. */
    @ParameterizedTest
    @ValueSource(strings = {"push_app", "push_app:8080", "_push._tcp.example.com", "1_2.example.com:80"})
    void aHostMayHaveAnUnderscore(String host) {
        HandshakeText health = get("/actuator/health").with("Host: " + host);
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(health).body()).contains("UP");
            client.upgrade(ECHO.with("Host: " + host).and("Origin: http://" + host));
            client.assertEchoes("hello");
        }
    }

    private void assertAnswers(String line, int status) {
        try (RawClient client = RawClient.connect(service)) {
            client.send(ECHO.requestLine(line).bytes());
            HttpReply reply = client.readReplyHead();
            assertThat(reply.status()).as("%.80s", line).isEqualTo(status);
            if (status == 101) {
                client.send(ClientFrames.close(1000, ""));
                client.assertClosed(1000);
            }
        }
    }

    @Test
    void endpointsAreBelowTheContextPathAndNowhereElse() {
        try (RunningService inContext = RunningService.start("server.servlet.context-path=/push/er")) {
            try (RawClient client = RawClient.open(inContext, "/push/er/echo")) {
                client.assertEchoes("below the context path");
            }
            for (String path :
                    List.of("/echo", "/push/echo", "/push/er/push/er/echo", "/push/erecho", "/PUSH/ER/echo")) {
                try (RawClient client = RawClient.connect(inContext)) {
                    client.send(HandshakeText.of(path).bytes());
                    assertThat(client.readReplyHead().status()).as(path).isEqualTo(404);
                }
            }
        }
    }
}
