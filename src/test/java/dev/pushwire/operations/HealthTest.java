package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health as Kubernetes asks for it, on a management port of its own. */
@Timeout(60)
class HealthTest {
    private static final CountDownLatch STUCK = new CountDownLatch(1);

    private static Service service;

    /** Breaks the promise that an endpoint on the event loop never blocks. */
    @EndpointMapping(value = "/blocks", execution = Execution.EVENT_LOOP)
    static class BlockingEndpoint implements Endpoint {
        @Override
        public void onText(Session session, Text text) throws InterruptedException {
            STUCK.await();
        }
    }

    @BeforeAll
    static void start() {
        service = Service.start(
                new Class<?>[] {BlockingEndpoint.class},
                "management.server.port=0",
                "pushwire.websocket.max-connections=3",
                "pushwire.websocket.event-loops=2",
                "pushwire.health.stuck-loop-after=2s");
    }

    @AfterAll
    static void stop() {
        STUCK.countDown();
        service.close();
    }

    @Test
    void theManagementPortAnswersAndTheOtherOneDoesNot() {
        assertThat(service.managementPort()).isNotEqualTo(service.port());
        for (String page : new String[] {"/health", "/prometheus", "/metrics", "/websockets", "/info"}) {
            assertThat(service.actuator(page).statusCode()).as(page).isEqualTo(200);
            assertThat(Service.get(service.port(), "/actuator" + page).statusCode())
                    .as(page)
                    .isEqualTo(404);
        }
    }

    @Test
    void connectionsCanBeSeenButNotClosedUnlessThatIsAllowed() {
        Client client = service.connect("/echo");
        assertThat(service.actuator("/websockets").body()).contains("\"total\":1");
        for (String path : new String[] {"?all=true", "/1"}) {
            assertThat(Service.send(Service.request(service.managementPort(), "/actuator/websockets" + path)
                                    .DELETE())
                            .statusCode())
                    .isEqualTo(405);
        }
        client.close();
        await().until(() ->
                service.sample("websocket_connections_active{endpoint=\"/echo\",transport=\"websocket\"}") == 0);
    }

    @Test
    void readinessFailsAtTheConnectionLimitAndComesBackBelowIt() {
        assertThat(service.actuator("/health/readiness").statusCode()).isEqualTo(200);
        Client first = service.connect("/echo");
        Client second = service.connect("/echo");
        Client third = service.connect("/echo");

        HttpResponse<String> full = service.actuator("/health/readiness");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.body())
                .contains("\"status\":\"FULL\"", "\"open\":3", "\"limit\":3", "max-connections")
                .doesNotContain("OUT_OF_SERVICE");
        assertThat(new RawHandshake().refusedBy(service.port(), "/echo"))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 5");
        assertThat(service.actuator("/health/liveness").statusCode())
                .as("a full server is no dead one")
                .isEqualTo(200);
        HttpResponse<String> whole = service.actuator("/health");
        assertThat(whole.statusCode()).as("nor a sick one").isEqualTo(200);
        assertThat(whole.body()).startsWith("{\"components\":{\"connections\":{\"status\":\"FULL\"}");

        first.close();
        await().untilAsserted(() ->
                assertThat(service.actuator("/health/readiness").statusCode()).isEqualTo(200));
        second.close();
        third.close();
        await().until(() ->
                service.sample("websocket_connections_active{endpoint=\"/echo\",transport=\"websocket\"}") == 0);
    }

    @Test
    void livenessNamesALoopThatAnEndpointBlocksAndOthersGoOn() {
        Client blocker = service.connect("/blocks");
        blocker.send("block");
        await().untilAsserted(() -> {
            HttpResponse<String> stuck = service.actuator("/health/liveness");
            assertThat(stuck.statusCode()).isEqualTo(503);
            assertThat(stuck.body())
                    .contains("DOWN", "\"loops\":2", "\"turning\":1")
                    .containsPattern("pushwire-loop-[01]");
        });
        assertThat(service.actuator("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(service.actuator("/websockets").body())
                .as("the list comes without the loop that does not answer")
                .containsPattern("\"silentLoops\":\\[[01]\\]");

        STUCK.countDown();
        await().untilAsserted(() ->
                assertThat(service.actuator("/health/liveness").statusCode()).isEqualTo(200));
        blocker.close();
    }
}
