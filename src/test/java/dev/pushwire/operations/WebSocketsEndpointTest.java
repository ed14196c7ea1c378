package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /actuator/websockets}, with closing allowed. */
@Timeout(60)
class WebSocketsEndpointTest {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start(
                "management.endpoint.websockets.access=unrestricted",
                "pushwire.websocket.outbox-limit=100MB",
                "pushwire.websocket.event-loops=2");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void everybodyHasLeft() {
        delete("?all=true");
        await().until(() -> this.<Integer>read("", "$.total") == 0);
    }

    private <T> T read(String query, String path) {
        return JsonPath.read(service.actuator("/websockets" + query).body(), path);
    }

    private HttpResponse<String> delete(String what) {
        return Service.send(Service.request(service.managementPort(), "/actuator/websockets" + what)
                .DELETE());
    }

    @Test
    void connectionsAreShownPageByPage() {
        for (int i = 0; i < 5; i++) {
            service.connect("/echo");
        }
        assertThat(this.<Integer>read("?size=2", "$.total")).isEqualTo(5);
        assertThat(this.<List<String>>read("?size=2&sort=age", "$.connections[*].id"))
                .hasSize(2);
        assertThat(this.<List<String>>read("?size=2&page=2&sort=age", "$.connections[*].id"))
                .hasSize(1);
        assertThat(service.actuator("/websockets?size=1").body())
                .contains(
                        "\"endpoint\":\"/echo\"", "\"address\":\"127.0.0.1\"", "\"state\":\"open\"", "\"ageSeconds\":");
    }

    /** It is on the port that clients use, here, and shows their addresses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/websockets",
                "/actuator/websockets/1",
                "/actuator/websockets?all=true",
                "/actuator/%77ebsockets",
                "/actuator/websockets;v=1",
                "/actuator/./websockets",
                "/actuator//websockets"
            })
    void whoeverIsNotOnThisMachineSeesNothing(String path) {
        service.connect("/echo");
        for (String method : List.of("GET", "HEAD", "DELETE")) {
            HttpResponse<String> answer = Service.send(Service.request(service.port(), path)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header("X-Forwarded-For", "192.0.2.1"));
            assertThat(answer.statusCode()).as(method).isIn(403, 404, 400);
        }
        assertThat(this.<Integer>read("", "$.total")).isEqualTo(1);
    }

    @Test
    void filtersPickByEndpointAddressAndAge() {
        service.connect("/echo");
        service.connect("/chat/green");
        service.connect("/chat/blue");
        assertThat(this.<Integer>read("?endpoint=/echo", "$.total")).isEqualTo(1);
        assertThat(this.<Integer>read("?endpoint=/chat*", "$.total")).isEqualTo(2);
        assertThat(this.<Integer>read("?endpoint=/chat/green", "$.total"))
                .as("a path is no pattern")
                .isZero();
        assertThat(this.<Integer>read("?address=127.*", "$.total")).isEqualTo(3);
        assertThat(this.<Integer>read("?minAge=1h", "$.total")).isZero();
        assertThat(this.<Integer>read("?minAge=1ms", "$.total")).isEqualTo(3);
    }

    @Test
    void theSlowestReaderComesFirst() throws IOException {
        service.connect("/topics/slow");
        try (Socket slow = new RawHandshake().open(service.port(), "/topics/slow")) {
            assertThat(slow.getInputStream().read()).as("of the 101").isEqualTo('H');
            String message = "x".repeat(500_000);
            await().until(() -> {
                service.publish("slow", message);
                return this.<Integer>read("?minOutbox=1MB", "$.total") == 1;
            });
            List<Integer> outboxes = read("", "$.connections[*].outboxBytes");
            assertThat(outboxes).hasSize(2);
            assertThat(outboxes.getFirst()).isGreaterThan(1_000_000).isGreaterThan(outboxes.get(1));
            await().untilAsserted(() -> {
                assertThat(service.sample("websocket_outbox_fullest_bytes")).isGreaterThan(1_000_000);
                assertThat(service.sample("websocket_outbox_bytes"))
                        .isGreaterThanOrEqualTo(service.sample("websocket_outbox_fullest_bytes"));
            });
        }
        await().untilAsserted(() ->
                assertThat(service.sample("websocket_outbox_bytes")).isZero());
    }

    @Test
    void oneIsShownAndClosedById() {
        Client client = service.connect("/echo");
        String id = this.<List<String>>read("", "$.connections[*].id").getFirst();
        assertThat(this.<String>read("/" + id, "$.endpoint")).isEqualTo("/echo");
        assertThat(this.<String>read("/" + id, "$.id")).isEqualTo(id);

        HttpResponse<String> closed = delete("/" + id + "?code=4001&reason=go");
        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(client.closeCode()).isEqualTo(4001);
        await().untilAsserted(() ->
                assertThat(service.actuator("/websockets/" + id).statusCode()).isEqualTo(404));
        assertThat(delete("/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void aSetIsClosedByFilter() {
        Client echo = service.connect("/echo");
        Client green = service.connect("/chat/green");
        Client blue = service.connect("/chat/blue");
        assertThat(delete("?endpoint=/chat*").body()).contains("\"count\":2");
        assertThat(green.closeCode()).isEqualTo(1001);
        assertThat(blue.closeCode()).isEqualTo(1001);
        assertThat(echo.isOpen()).isTrue();
    }

    @Test
    void nobodyClosesAllByASlip() {
        Client client = service.connect("/echo");
        HttpResponse<String> refused = delete("");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("all=true");
        assertThat(client.isOpen()).isTrue();
        assertThat(delete("?all=true&code=1012").statusCode()).isEqualTo(200);
        assertThat(client.closeCode()).isEqualTo(1012);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?size=0",
                "?size=1001",
                "?page=-1",
                "?page=100001",
                "?sort=name",
                "?minAge=old",
                "?minOutbox=big"
            })
    void aQuestionThatMakesNoSenseIsRefused(String query) {
        assertThat(service.actuator("/websockets" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"1005", "1006", "1015", "999", "2000", "5000", "x"})
    void aCodeThatMustNotBeSentIsRefused(String code) {
        Client client = service.connect("/echo");
        assertThat(delete("?all=true&code=" + code).statusCode()).isEqualTo(400);
        assertThat(client.isOpen()).isTrue();
    }
}
