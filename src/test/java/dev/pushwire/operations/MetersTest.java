package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.metrics.WebSocketMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** What a scrape shows of what clients did. Each test has paths, topics or kinds of frames of its own. */
@Timeout(60)
class MetersTest {
    private static final List<Observed> OBSERVED = new CopyOnWriteArrayList<>();

    /** An HTTP request as a tracer is told of it. */
    record Observed(String path, String name, String uri, String status) {}

    private static Service service;

    @EndpointMapping("/picky/{who}")
    static class PickyEndpoint implements Endpoint {
        @Override
        public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
            switch (handshake.pathVariables().get("who")) {
                case "stranger" -> throw new HandshakeRefusedException(401, "Who are you?");
                case "bug" -> throw new IllegalStateException("as the test wants it");
                default -> {}
            }
        }
    }

    static class Observing {
        @Bean
        ObservationHandler<Observation.Context> recorder() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(Observation.Context context) {
                    if (context instanceof ServerRequestObservationContext request) {
                        OBSERVED.add(new Observed(
                                request.getCarrier().getRequestURI(),
                                context.getName(),
                                context.getLowCardinalityKeyValue("uri").getValue(),
                                context.getLowCardinalityKeyValue("status").getValue()));
                    }
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        service = Service.start(
                new Class<?>[] {PickyEndpoint.class, Observing.class}, "pushwire.websocket.ping-interval=100ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void assertSample(String series, double value) {
        await().untilAsserted(
                        () -> assertThat(service.sample(series)).as(series).isEqualTo(value));
    }

    @Test
    void connectionsAreCountedFromOpeningToClosing() {
        Client client = service.connect("/chat/quiet");
        assertSample("websocket_connections_active{endpoint=\"/chat/{room}\",transport=\"websocket\"}", 1);
        assertSample("websocket_connections_opened_total{endpoint=\"/chat/{room}\",transport=\"websocket\"}", 1);
        client.close();
        assertSample("websocket_connections_active{endpoint=\"/chat/{room}\",transport=\"websocket\"}", 0);
        assertSample(
                "websocket_connections_closed_total{code=\"1000\",ending=\"PeerClosed\",endpoint=\"/chat/{room}\",transport=\"websocket\"}",
                1);
        assertSample("websocket_session_duration_seconds_count{endpoint=\"/chat/{room}\",transport=\"websocket\"}", 1);
        assertSample(
                "websocket_session_duration_seconds_bucket{endpoint=\"/chat/{room}\",transport=\"websocket\",le=\"60.0\"}",
                1);
        assertSample(
                "websocket_connections_limit",
                service.bean(ConnectionRegistry.class).maxConnections());
    }

    @Test
    void framesAreCountedByOpcode() {
        double before = service.sample("websocket_frames_received_total{opcode=\"text\"}");
        Client client = service.connect("/echo");
        for (int i = 0; i < 100; i++) {
            client.send("message " + i);
        }
        await().until(() -> client.messages().size() == 100);
        assertSample("websocket_frames_received_total{opcode=\"text\"}", before + 100);
        client.close();
    }

    @Test
    void handshakesAreCountedByWhatBecameOfThem() {
        service.connect("/picky/friend").close();
        refused("/picky/stranger", new RawHandshake(), 401);
        refused("/picky/bug", new RawHandshake(), 500);
        refused("/picky/friend", new RawHandshake().method("POST"), 405);
        refused("/picky/friend", new RawHandshake().with("Sec-WebSocket-Version", "8"), 426);
        refused("/picky/friend", new RawHandshake().with("Sec-WebSocket-Key", "short"), 400);
        refused("/picky/friend", new RawHandshake().with("Origin", "https://elsewhere.example"), 403);
        Map.of("accepted", 101, "refused", 401, "failed", 500, "method", 405, "version", 426, "malformed", 400)
                .forEach(MetersTest::assertHandshakes);
        assertHandshakes("origin", 403);
        assertThat(service.actuator("/prometheus").body()).doesNotContain("stranger");
    }

    private static void refused(String path, RawHandshake handshake, int status) {
        assertThat(handshake.refusedBy(service.port(), path)).startsWith("HTTP/1.1 " + status + " ");
    }

    private static void assertHandshakes(String result, int status) {
        assertSample(
                "websocket_handshakes_total{endpoint=\"/picky/{who}\",result=\"" + result + "\",status=\"" + status
                        + "\"}",
                1);
    }

    @Test
    void pongsTellTheRoundTrip() {
        Client client = service.connect("/echo");
        await().until(() -> service.sample("websocket_ping_rtt_seconds_count") >= 3);
        assertThat(service.sample("websocket_ping_rtt_seconds_sum")).isPositive();
        client.close();
    }

    @Test
    void publicationsAreCountedAndTimed() {
        double published = service.sample("websocket_publications_total");
        double delivered = service.sample("websocket_deliveries_total");
        double timed = service.sample("websocket_publish_latency_seconds_count");
        Client one = service.connect("/topics/counted");
        Client other = service.connect("/topics/counted");
        assertSample("websocket_topics_active", 1);
        assertSample("websocket_subscriptions_active", 2);
        for (int i = 0; i < 10; i++) {
            service.publish("counted", "message " + i);
        }
        service.publish("nobody", "listens");
        await().until(() -> one.messages().size() == 10 && other.messages().size() == 10);
        assertSample("websocket_publications_total", published + 11);
        assertSample("websocket_deliveries_total", delivered + 20);
        assertThat(service.sample("websocket_publish_latency_seconds_count")).isGreaterThan(timed);
        one.close();
        other.close();
        assertSample("websocket_topics_active", 0);
        assertSample("websocket_subscriptions_active", 0);
    }

    @Test
    void patternsAreCountedOnceEachAndWhatWasTooMuch() {
        assertSample("websocket_patterns_active", 0);
        assertSample("websocket_limits_exceeded_total{limit=\"patterns_per_node\"}", 0);
        double tooMany = service.sample("websocket_limits_exceeded_total{limit=\"patterns_per_connection\"}");
        Client one = service.connect("/push");
        Client other = service.connect("/push");
        one.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"counted.*\"}");
        other.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"counted.*\"}");
        assertSample("websocket_subscriptions_active", 2);
        assertSample("websocket_patterns_active", 1);
        for (int i = 2; i <= 101; i++) {
            one.send("{\"type\":\"subscribe\",\"id\":" + i + ",\"topic\":\"counted." + i + ".*\"}");
        }
        assertSample("websocket_limits_exceeded_total{limit=\"patterns_per_connection\"}", tooMany + 1);
        assertSample("websocket_patterns_active", 100);
        one.close();
        other.close();
        assertSample("websocket_subscriptions_active", 0);
        await().until(() -> service.sample("websocket_patterns_active") == 0);
    }

    /** One node has nothing that could break, and an alert for all nodes stays quiet there. */
    @Test
    void withoutRedisTheBrokerIsAlwaysUp() {
        assertThat(service.sample("websocket_broker_up{link=\"topics\"}")).isEqualTo(1);
        assertThat(service.sample("websocket_broker_up{link=\"nodes\"}")).isEqualTo(1);
        assertThat(service.sample("websocket_broker_reconnects_total{link=\"topics\"}"))
                .isZero();
        assertThat(service.sample("websocket_broker_lag_seconds")).isZero();
        assertThat(service.sample("websocket_broker_topics_behind")).isZero();
        assertThat(service.sample("websocket_broker_waiting_bytes")).isZero();
        assertThat(service.sample("websocket_broker_questions_waiting")).isZero();
    }

    @Test
    void callsToTheBrokerAreTimed() {
        double published = service.sample("websocket_broker_call_seconds_count{operation=\"publish\"}");
        service.publish("timed", "message");
        assertSample("websocket_broker_call_seconds_count{operation=\"publish\"}", published + 1);
        assertThat(service.sample("websocket_broker_call_failures_total{operation=\"publish\"}"))
                .isZero();
    }

    @Test
    void revocationsAreCountedAsTheyAreKept() {
        assertThat(service.sample("websocket_revocations_limit")).isEqualTo(ClusterBus.MOST_NOTICES);
        double before = service.sample("websocket_revocations");
        service.bean(ClusterBus.class).broadcast("a key of this test", "{}", Duration.ZERO);
        assertSample("websocket_revocations", before + 1);
    }

    @Test
    void eachLoopSaysHowBusyItIs() {
        assertThat(service.sample("websocket_loop_busy_ratio{loop=\"0\"}")).isBetween(0.0, 1.0);
        assertThat(service.sample("websocket_loop_pass_max_seconds{loop=\"0\"}"))
                .isBetween(0.0, 60.0);
    }

    /** Both ways, names, tags, types and descriptions. */
    @Test
    void whatIsRegisteredIsWhatTheCatalogueSays() {
        Map<String, WebSocketMeter> catalogue = Arrays.stream(WebSocketMeter.values())
                .collect(Collectors.toMap(WebSocketMeter::meterName, meter -> meter));
        List<Meter> ours = service.bean(MeterRegistry.class).getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("websocket."))
                .toList();
        assertThat(ours).extracting(meter -> meter.getId().getName()).containsAll(catalogue.keySet());
        assertThat(ours).allSatisfy(meter -> {
            WebSocketMeter said = catalogue.get(meter.getId().getName());
            assertThat(said).isNotNull();
            assertThat(meter.getId().getType().name()).isEqualTo(said.type().name());
            assertThat(meter.getId().getDescription()).isEqualTo(said.description());
            assertThat(meter.getId().getTags())
                    .extracting(Tag::getKey)
                    .containsExactlyInAnyOrderElementsOf(said.tagKeys());
        });
        String scrape = service.actuator("/prometheus").body();
        assertThat(Arrays.stream(WebSocketMeter.values()))
                .allSatisfy(meter -> assertThat(scrape)
                        .contains("# TYPE " + meter.prometheusName() + " "
                                + (meter.type() == WebSocketMeter.Type.TIMER
                                        ? "histogram"
                                        : meter.type().name().toLowerCase())));
    }

    @Test
    void publishRequestsAreObservedAsTheirPattern() {
        service.publish("observed", "message");
        await().untilAsserted(() -> assertThat(OBSERVED)
                .contains(new Observed("/topics/observed", "http.server.requests", "/topics/{topic}", "202")));
    }

    /** They have meters of their own. */
    @Test
    void handshakesAreNotObservedAsRequests() {
        service.connect("/chat/secret").close();
        service.publish("later", "message");
        await().untilAsserted(
                        () -> assertThat(OBSERVED).extracting(Observed::path).contains("/topics/later"));
        assertThat(OBSERVED).extracting(Observed::path).doesNotContain("/chat/secret");
    }
}
