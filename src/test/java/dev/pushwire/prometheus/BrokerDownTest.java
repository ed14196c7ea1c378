package dev.pushwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.helm.Chart;
import dev.pushwire.redis.RedisServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A Redis that dies is the whole outage of publishing, so a real Prometheus must see it. */
class BrokerDownTest {
    private static final String UP = "sum(websocket_broker_up)";

    @TempDir
    private static Path directory;

    @TempDir
    private static Path redisDirectory;

    private static RedisServer redis;
    private static LiveService service;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Tools.find("prometheus");
        redis = RedisServer.start(redisDirectory);
        Chart chart = Chart.with("""
                broker: {type: redis, redis: {host: 127.0.0.1, port: %d}}
                monitoring: {alerts: {enabled: true, rules: {brokerDown: {for: 1s}}}}
                """.formatted(redis.port()));
        service = LiveService.start(directory, chart);
        prometheus = PrometheusServer.start(
                directory, service, chart.render().the("PrometheusRule").get("spec"));
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (service != null) {
            service.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void theAlertFiresAndEndsAndTheMetersTellTheStory() throws Exception {
        assertThat(publish()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(now(UP)).isEqualTo(2));
        await().untilAsserted(() -> assertThat(now("websocket_broker_call_seconds_count{operation=\"publish\"}"))
                .isEqualTo(1));
        await().untilAsserted(
                        () -> assertThat(now("websocket_broker_lag_seconds")).isPositive());
        assertThat(prometheus.firing()).isEmpty();

        redis.kill();
        JsonNode alert = await().until(BrokerDownTest::brokerDown, found -> found != null);
        assertThat(alert.at("/labels/severity").stringValue()).isEqualTo("critical");
        assertThat(alert.at("/labels/pod").stringValue()).isEqualTo("pushwire-0");
        assertThat(alert.at("/labels/link").stringValue()).isIn("topics", "nodes");
        assertThat(publish()).isEqualTo(503);
        assertThat(get("/actuator/health/readiness"))
                .as("subscribers are better off where they are")
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(now("websocket_broker_call_failures_total{operation=\"publish\"}"))
                .isEqualTo(1));
        assertThat(now(UP)).isZero();

        redis.start();
        await().untilAsserted(() -> assertThat(now(UP)).isEqualTo(2));
        await().until(() -> brokerDown() == null);
        await().untilAsserted(() ->
                assertThat(now("min(websocket_broker_reconnects_total)")).isPositive());
        assertThat(publish()).isEqualTo(202);
    }

    private static JsonNode brokerDown() throws Exception {
        return prometheus
                .firing()
                .valueStream()
                .filter(alert -> alert.at("/labels/alertname").stringValue().equals("PushwireBrokerDown"))
                .findFirst()
                .orElse(null);
    }

    private static double now(String query) throws Exception {
        return prometheus.numberAt(System.currentTimeMillis() / 1000.0, query);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS);
    }

    private static int publish() throws Exception {
        return send(HttpRequest.newBuilder(service.api("/topics/news")).POST(BodyPublishers.ofString("hello")));
    }

    private static int get(String path) throws Exception {
        return send(HttpRequest.newBuilder(service.management(path)));
    }

    private static int send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }
}
