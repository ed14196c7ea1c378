package dev.pushwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.helm.Chart;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A real Prometheus scrapes the service: its answers are what really happened. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusTest {
    @TempDir
    private static Path directory;

    private static LiveService service;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Tools.find("prometheus");
        service = LiveService.start(directory);
        JsonNode rules = Chart.with("""
                        monitoring:
                          alerts:
                            enabled: true
                            rules: {handshakesRejected: {for: 0s}, scrapeAbsent: {for: 0s}}
                        """).render().the("PrometheusRule").get("spec");
        prometheus = PrometheusServer.start(directory, service, rules);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    @Order(1)
    void countsWhatTheClientsDid() throws Exception {
        Clients echoing = Clients.of(service).open("/echo", 7);
        Clients.of(service).open("/topics/news", 3);
        for (int i = 0; i < 5; i++) {
            echoing.sendText("sixteen letters!");
        }
        echoing.sendBinary(new byte[100]);
        echoing.sendBinary(new byte[100]);
        echoing.ping();
        echoing.awaitReceived(35, 14, 7);
        echoing.close(2);
        double scrape = prometheus.awaitScrape();

        Map<String, Integer> expected = Map.ofEntries(
                Map.entry("sum(websocket_connections_active)", 8),
                Map.entry("websocket_connections_active{endpoint=\"/echo\",transport=\"websocket\"}", 5),
                Map.entry("websocket_connections_active{endpoint=\"/topics/{topic}\",transport=\"websocket\"}", 3),
                Map.entry("sum(websocket_connections_opened_total)", 10),
                Map.entry("sum(websocket_connections_closed_total)", 2),
                Map.entry("sum(websocket_connections_closed_total{code=\"1000\",ending=\"PeerClosed\"})", 2),
                Map.entry("sum(websocket_handshakes_total{status=\"101\"})", 10),
                Map.entry("websocket_frames_received_total{opcode=\"text\"}", 35),
                Map.entry("websocket_frames_received_total{opcode=\"binary\"}", 14),
                Map.entry("websocket_frames_received_total{opcode=\"ping\"}", 7),
                Map.entry("websocket_frames_received_total{opcode=\"close\"}", 2),
                Map.entry("websocket_frames_sent_total{opcode=\"text\"}", 35),
                Map.entry("websocket_frames_sent_total{opcode=\"binary\"}", 14),
                Map.entry("websocket_frames_sent_total{opcode=\"pong\"}", 7),
                Map.entry("websocket_frames_sent_total{opcode=\"close\"}", 2),
                Map.entry("websocket_messages_received_total{transport=\"websocket\"}", 49),
                Map.entry("websocket_messages_sent_total{transport=\"websocket\"}", 49),
                // A frame's header is 2 bytes long, and a client's mask 4; a Close has a code of 2 bytes.
                Map.entry("websocket_bytes_sent_total{transport=\"websocket\"}", 35 * 18 + 14 * 102 + 7 * 2 + 2 * 4),
                Map.entry(
                        "websocket_bytes_received_total{transport=\"websocket\"}", 35 * 22 + 14 * 106 + 7 * 6 + 2 * 8));
        for (Map.Entry<String, Integer> entry : expected.entrySet()) {
            assertThat(prometheus.numberAt(scrape, entry.getKey()))
                    .as(entry.getKey())
                    .isEqualTo(entry.getValue().doubleValue());
        }
    }

    static Stream<String> queries() {
        return Stream.of(Queries.ofAlerts(), Queries.ofDashboard(), Queries.ofRunbook())
                .flatMap(queries -> queries.stream());
    }

    @ParameterizedTest
    @MethodSource("queries")
    @Order(2)
    void understandsEachQueryOfAlertsDashboardAndRunbook(String query) throws Exception {
        assertThat(prometheus.query(query)).isNotNull();
    }

    @Test
    @Order(3)
    void anAlertFiresWhenProvoked() throws Exception {
        assertThat(prometheus.firing())
                .noneMatch(alert -> alert.at("/labels/alertname").stringValue().equals("PushwireHandshakesRejected"));
        Clients clients = Clients.of(service);
        for (int i = 0; i < 30; i++) {
            clients.refused("/echo");
        }
        JsonNode alert = awaitAlert("PushwireHandshakesRejected");
        assertThat(alert.at("/labels/status").stringValue()).isEqualTo("403");
        assertThat(alert.at("/annotations/summary").stringValue()).isEqualTo("Clients are refused: origin (403)");
        assertThat(alert.at("/annotations/description").stringValue()).matches("[0-9.]+% of the opening handshakes .*");
    }

    @Test
    @Order(4)
    void anAlertFiresWhenTheServiceIsGone() throws Exception {
        service.close();
        JsonNode alert = awaitAlert("PushwireScrapeAbsent");
        assertThat(alert.at("/labels/severity").stringValue()).isEqualTo("critical");
    }

    private static JsonNode awaitAlert(String name) {
        return Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(
                        () -> prometheus
                                .firing()
                                .valueStream()
                                .filter(alert -> alert.at("/labels/alertname")
                                        .stringValue()
                                        .equals(name))
                                .findFirst()
                                .orElse(null),
                        alert -> alert != null);
    }
}
