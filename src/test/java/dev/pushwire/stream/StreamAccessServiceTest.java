package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.TicketsServiceTest;
import dev.pushwire.access.Tokens;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.stream.EventReader.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients get a stream, for how long, and what the others are told. */
class StreamAccessServiceTest {
    private static final String KEY = "a-key-of-these-tests";
    private static final String[] GUARDED = {
        "pushwire.access.jwt.secret=" + Tokens.SECRET,
        "pushwire.access.cookie=session",
        "pushwire.api.keys.tests.secret=" + KEY,
        "pushwire.api.keys.tests.scopes=publish,read,admin",
        "pushwire.websocket.allowed-origins=https://app.example.com",
        "pushwire.topics[0].name=private.>",
        "pushwire.topics[0].subscribe=claims",
    };

    private final RunningService service = RunningService.with(GUARDED);

    private static String ada() {
        return Tokens.of("ada").subscribing("private.>").signed();
    }

    private EventClient open(String path, String... headers) {
        return EventClient.open(service.http(path), headers);
    }

    private static void assertOpens(EventClient client) {
        try (client) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.await(1).getFirst().type()).isEqualTo("subscribed");
        }
    }

    private static void assertUnavailable(EventClient client, String reason) {
        assertThat(client.status()).isEqualTo(200);
        List<Event> events = client.awaitEnd();
        assertThat(events).extracting(Event::type).containsExactly("unavailable");
        assertThat(events.getFirst().data()).startsWith("{\"code\":4503,").contains(reason);
        assertThat(client.retry()).isBetween(15_000L, 45_000L);
    }

    private HttpResponse<String> refusal(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path)).header("Accept", "text/event-stream");
        return RunningService.exchange(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void aTokenMayComeInAHeaderOrACookieOrBehindATicket() {
        assertOpens(open("/topics/private.news", "Authorization", "Bearer " + ada()));
        assertOpens(open("/topics/private.news", "Cookie", "session=" + ada()));
        assertOpens(open("/topics/private.news?ticket=" + TicketsServiceTest.of(service, ada())));
        assertOpens(open("/topics?topic=private.*&topic=private.a", "Cookie", "session=" + ada()));
    }

    @Test
    void aRefusalThatIsFinalIsAStatus() {
        assertThat(refusal("/topics/private.news").statusCode()).isEqualTo(401);
        assertThat(refusal("/topics/private.news").headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(refusal("/topics/private.news", "Authorization", "Bearer x.y.z")
                        .statusCode())
                .isEqualTo(401);
        assertThat(refusal("/topics/private.news?ticket=nonsense").statusCode()).isEqualTo(401);
        assertThat(refusal(
                                "/topics/private.news",
                                "Authorization",
                                "Bearer " + Tokens.of("eve").signed())
                        .statusCode())
                .isEqualTo(403);
        assertThat(refusal("/topics?topic=open&topic=private.a").statusCode()).isEqualTo(401);
        assertThat(refusal("/topics/open", "Authorization", "Bearer a", "Authorization", "Bearer b")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aStreamEndsWithItsToken() {
        String shortLived = Tokens.of("ada")
                .subscribing("private.>")
                .expiring(Instant.now().plusSeconds(2))
                .signed();
        EventClient client = open("/topics/private.news", "Authorization", "Bearer " + shortLived);
        Event last = client.awaitEnd().getLast();
        assertThat(last.type()).isEqualTo("close");
        assertThat(last.data()).isEqualTo("{\"code\":4403,\"reason\":\"the token has expired\"}");
    }

    @Test
    void aStreamEndsWhenItsTokenIsRevoked() {
        String token =
                Tokens.of("bob").subscribing("private.>").with("jti", "one").signed();
        EventClient client = open("/topics/private.news", "Authorization", "Bearer " + token);
        client.await(1);
        HttpResponse<String> revoked = service.post(
                "/api/revocations",
                "application/json",
                BodyPublishers.ofString("{\"token\":\"one\"}"),
                "Authorization",
                "Bearer " + KEY);
        assertThat(revoked.body()).contains("\"closed\":1");
        assertThat(client.awaitEnd().getLast().data()).contains("4403");
    }

    @Test
    void anOperatorSeesStreamsAndClosesThem() {
        String token = Tokens.of("carol").signed();
        EventClient client = open("/topics/open", "Authorization", "Bearer " + token);
        client.await(1);
        HttpRequest.Builder list = HttpRequest.newBuilder(service.http("/api/connections?principal=carol"))
                .header("Authorization", "Bearer " + KEY);
        assertThat(RunningService.exchange(list).body())
                .contains("\"total\":1", "\"endpoint\":\"/topics/{topic}\"", "\"principal\":\"carol\"");
        HttpRequest.Builder close = HttpRequest.newBuilder(
                        service.http("/api/connections?principal=carol&code=4000&reason=bye"))
                .DELETE()
                .header("Authorization", "Bearer " + KEY);
        RunningService.exchange(close);
        assertThat(client.awaitEnd().getLast())
                .extracting(Event::type, Event::data)
                .containsExactly("close", "{\"code\":4000,\"reason\":\"bye\"}");
    }

    @Test
    void pagesOfListedOriginsMayReadStreams() {
        try (EventClient client = open("/topics/open", "Origin", "https://app.example.com")) {
            assertThat(client.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://app.example.com");
            assertThat(client.headers().firstValue("Access-Control-Allow-Credentials"))
                    .hasValue("true");
            assertThat(client.headers().allValues("Vary")).contains("Origin", "Accept");
        }
        HttpResponse<String> evil = refusal("/topics/open", "Origin", "https://evil.example.com");
        assertThat(evil.statusCode()).isEqualTo(403);
        assertThat(evil.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /topics/news", "GET /topics", "POST /tickets"})
    void aBrowserThatAsksFirstIsAnswered(String route) {
        HttpResponse<String> answer = preflight(route, "https://app.example.com");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example.com");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).hasValue(route.split(" ")[0]);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Last-Event-ID", "Authorization");
        assertThat(preflight(route, "https://evil.example.com").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> preflight(String route, String origin) {
        String[] parts = route.split(" ");
        return RunningService.exchange(HttpRequest.newBuilder(service.http(parts[1]))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", parts[0])
                .header("Access-Control-Request-Headers", "last-event-id"));
    }

    @Test
    void aLimitOfConnectionsPasses() {
        RunningService small = RunningService.with("pushwire.websocket.max-connections=1");
        try (RawClient first = RawClient.connect(small)) {
            first.upgrade(HandshakeText.of("/echo"));
            assertUnavailable(EventClient.open(small.http("/topics/news")), "connections");
        }
        await().until(() -> small.openConnections() == 0);
        assertOpens(EventClient.open(small.http("/topics/news")));
    }

    @Test
    void aLimitOfAnAddressPassesAndAStreamCountsForIt() {
        RunningService small = RunningService.with("pushwire.limits.connections-per-address=1");
        try (EventClient first = EventClient.open(small.http("/topics/news"))) {
            first.await(1);
            assertUnavailable(EventClient.open(small.http("/topics/news"), "Last-Event-ID", "e.7"), "address");
        }
        await().untilAsserted(() -> assertOpens(EventClient.open(small.http("/topics/news"))));
    }

    /** Streams are told why they end, and say when to come back. */
    @Test
    void aServiceThatStopsSaysGoodbye() {
        RunningService stopping = RunningService.start("pushwire.drain.window=0s");
        EventClient client = EventClient.open(stopping.http("/topics/news"));
        client.await(1);
        stopping.close();
        Event last = client.awaitEnd().getLast();
        assertThat(last.type()).isEqualTo("close");
        assertThat(last.data()).contains("1001");
    }
}
