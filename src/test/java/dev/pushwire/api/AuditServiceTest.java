package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.audit.AuditLines;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each act that needs a right leaves its line in the audit log, and nothing else does. */
class AuditServiceTest {
    private static final String SHOP = "publish-0123456789";
    private static final String OPS = "admin-0123456789ab";

    private static RunningService service;

    private final AuditLines lines = new AuditLines();

    /** Starts a service of its own: refusals are limited, and other tests cause some. */
    @BeforeAll
    static void start() {
        service = RunningService.start(
                "pushwire.api.keys.shop.secret=" + SHOP,
                "pushwire.api.keys.ops.secret=" + OPS,
                "pushwire.api.keys.ops.scopes=read,admin",
                "pushwire.access.jwt.secret=" + Tokens.SECRET,
                "management.endpoint.websockets.access=unrestricted");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static int ask(String method, String path, String body, String credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (credentials != null) {
            request.header("Authorization", "Bearer " + credentials);
        }
        return RunningService.exchange(request).statusCode();
    }

    /** Waits, since the line is written after the answer. */
    private void assertLine(String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines.texts()).containsExactly(text));
        lines.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /api/connections?principal=ada | | connections.read by key ops from 127.0.0.1 on principal ada: done",
                "GET    | /api/connections/none-1        | | connections.read by key ops from 127.0.0.1 on connection none-1: failed (status 404)",
                "DELETE | /api/connections?principal=a%0Ab&code=4000 | | connections.close by key ops from 127.0.0.1 on principal a?b: done (closed 0 with 4000)",
                "POST   | /api/revocations | {\"principal\": \"bob\"} | revoke by key ops from 127.0.0.1 on principal bob: done (closed 0)",
                "POST   | /api/revocations | {\"token\": \"t-1\"}     | revoke by key ops from 127.0.0.1 on token t-1: done (closed 0)",
                "POST   | /api/revocations | {}                       | revoke by key ops from 127.0.0.1: failed (status 400)",
                "POST   | /api/subscriptions | {\"principal\": \"eve\", \"topic\": \"a.*\"} | subscribe by key ops from 127.0.0.1 on principal eve on topic a.*: done (changed 0 of 0, refused 0)",
                "DELETE | /api/subscriptions?principal=eve&topic=a | | unsubscribe by key ops from 127.0.0.1 on principal eve on topic a: done (changed 0 of 0, refused 0)",
                "POST   | /topics/news     | 1                        | publish by key ops from 127.0.0.1 on topic news: not_allowed (status 403)",
                "POST   | /api/publications | {\"topic\": \"a\", \"data\": 1} | publish by key ops from 127.0.0.1: not_allowed (status 403)",
                "POST   | /api/emit         | {\"event\": \"news\"}      | emit by key ops from 127.0.0.1: not_allowed (status 403)",
                "DELETE | /api/%63onnections?principal=ada | | connections.close by key ops from 127.0.0.1 on principal ada: done (closed 0 with 1001)",
                "POST   | /%74opics/n%65ws | 1                        | publish by key ops from 127.0.0.1 on topic news: not_allowed (status 403)",
                "GET    | /actuator/websockets/none-1 | | connections.read by operator from 127.0.0.1 on connection none-1: done",
            })
    void ofWhoHasAKey(String method, String path, String body, String line) {
        ask(method, path, body, OPS);
        assertLine(line);
    }

    @Test
    void ofWhoClosesByHand() {
        try (RawClient client = RawClient.open(service, "/topics/audited")) {
            ask("DELETE", "/actuator/websockets?endpoint=/topics/%7Btopic%7D&code=4001", null, null);
            client.assertCloseReceived(4001);
            client.send(ClientFrames.close(4001, "")); // else the service waits for it
            client.assertEndOfStream();
            await().atMost(Duration.ofSeconds(30)).until(() -> !lines.texts().isEmpty());
            assertThat(lines.texts())
                    .singleElement()
                    .asString()
                    .startsWith("connections.close by operator from 127.0.0.1 on ")
                    .contains("endpoint=/topics/{topic}")
                    .endsWith(": done (closed 1 with 4001)");
        }
    }

    @Test
    void underThePathOfTheDispatcherServlet() {
        try (RunningService other = RunningService.start(
                "spring.mvc.servlet.path=/app",
                "pushwire.api.keys.ops.secret=" + OPS,
                "pushwire.api.keys.ops.scopes=admin")) {
            RunningService.exchange(HttpRequest.newBuilder(other.http("/app/api/connections?principal=ada"))
                    .header("Authorization", "Bearer " + OPS));
            assertLine("connections.read by key ops from 127.0.0.1 on principal ada: done");
        }
    }

    /** A header can name anything: half of another line, too. */
    @Test
    void fromAnAddress() {
        try (RunningService other = RunningService.start(
                        "server.forward-headers-strategy=framework",
                        "pushwire.api.keys.ops.secret=" + OPS,
                        "pushwire.api.keys.ops.scopes=admin");
                AuditLines those = new AuditLines()) { // the start of a service forgets who listens to the log
            for (String named :
                    List.of("192.0.2.7, 10.0.0.1", "2001:db8::7", "unknown", "10.0.0.1 on principal a: done")) {
                RunningService.exchange(HttpRequest.newBuilder(other.http("/api/connections?principal=ada"))
                        .headers("Authorization", "Bearer " + OPS, "X-Forwarded-For", named));
            }
            String line = "connections.read by key ops from %s on principal ada: done";
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(those.texts())
                            .containsExactly(
                                    line.formatted("192.0.2.7"),
                                    line.formatted("2001:db8::7"),
                                    line.formatted("127.0.0.1"),
                                    line.formatted("127.0.0.1")));
        }
    }

    @Test
    void ofWhoHasAToken() {
        ask(
                "GET",
                "/api/topics/secret",
                null,
                Tokens.of("ada").with("scope", "pushwire:publish").signed());
        ask("GET", "/api/connections?principal=eve", null, Tokens.of("ada").signed());
        await().atMost(Duration.ofSeconds(30)).until(() -> !lines.texts().isEmpty());
        assertThat(lines.texts())
                .containsExactly(
                        "connections.read by principal ada from 127.0.0.1 on principal eve: not_allowed (status 403)");
    }

    @Test
    void ofWrongKeysWithoutTheKeyAndInAMeter() {
        double before = service.meter("websocket.api.refused", "reason", "bad_credentials");
        assertThat(ask("POST", "/topics/news", "1", "wrong-key-0123456789")).isEqualTo(401);
        assertLine("publish by nobody from 127.0.0.1 on topic news: bad_credentials (status 401)");
        assertThat(lines.lastPairs().toString()).doesNotContain("wrong-key");
        assertThat(service.meter("websocket.api.refused", "reason", "bad_credentials"))
                .isEqualTo(before + 1);
    }

    @Test
    void ofWhoHasNone() {
        assertThat(ask("POST", "/topics/news", "1", null)).isEqualTo(401);
        assertLine("publish by nobody from 127.0.0.1 on topic news: no_credentials (status 401)");
    }

    /** Nobody finds out where no line is written whether a key is good. */
    @ParameterizedTest
    @CsvSource({"GET, /api/topics/..", "GET, /topics/..", "POST, /tickets"})
    void orAKeyIsAsGoodAsAnyOther(String method, String path) {
        assertThat(body(method, path, OPS)).isEqualTo(body(method, path, "wrong-key-0123456789"));
    }

    private static String body(String method, String path, String key) {
        return RunningService.exchange(HttpRequest.newBuilder(service.http(path))
                        .method(method, BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + key))
                .body();
    }

    /** A publication that is made is no news to an auditor, nor is a client's handshake. */
    @Test
    void notOfWhatIsDoneAllDay() {
        for (String path : List.of("/topics/news", "/api/nothing", "/topics/a..b")) {
            ask("POST", path, "1", SHOP);
        }
        ask("GET", "/api/topics/news/history", null, OPS);
        ask("GET", "/topics", null, null);
        ask("POST", "/tickets", null, "expired-or-worse");
        try (RawClient _ = RawClient.open(service, "/topics/quiet")) {
            ask("GET", "/api/connections/none-2", null, OPS); // comes after any earlier line
        }
        assertLine("connections.read by key ops from 127.0.0.1 on connection none-2: failed (status 404)");
    }
}
