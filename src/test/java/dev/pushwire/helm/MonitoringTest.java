package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is scraped, what scaling depends on, and what the alerts say. */
class MonitoringTest {
    private final Manifests everything = Chart.withEverything().render();

    @ParameterizedTest
    @CsvSource({"PodMonitor, podMetricsEndpoints", "ServiceMonitor, endpoints"})
    void eitherMonitorScrapesTheManagementPortUnderTheSameJob(String kind, String endpoints) {
        Manifests manifests = Chart.withEverything()
                .and("monitoring: {monitor: {kind: " + kind + "}}")
                .render();
        JsonNode monitor = manifests.the(kind);
        JsonNode endpoint = monitor.at("/spec/" + endpoints + "/0");
        assertThat(monitor.at("/metadata/labels/release").stringValue()).isEqualTo("kube-prometheus-stack");
        assertThat(endpoint.get("port").stringValue()).isEqualTo("management");
        assertThat(endpoint.get("path").stringValue()).isEqualTo("/actuator/prometheus");
        assertThat(endpoint.at("/relabelings/0"))
                .isEqualTo(Manifests.yaml("{targetLabel: job, replacement: pushwire}"));
        assertThat(endpoint.at("/relabelings/1/targetLabel").stringValue()).isEqualTo("cluster");
    }

    @Test
    void aServiceMonitorSelectsTheServiceMadeForItAndNotTheClients() {
        Manifests manifests = Chart.with("monitoring: {monitor: {enabled: true, kind: ServiceMonitor}}")
                .render();
        JsonNode wanted = manifests.the("ServiceMonitor").at("/spec/selector/matchLabels");
        assertThat(manifests.ofKind("Service").filter(service -> hasAll(service, wanted)))
                .extracting(Manifests::name)
                .containsExactly("pushwire-management");
    }

    @Test
    void podsTellAPrometheusThatLooksAtAnnotationsUnlessThereIsAMonitor() {
        JsonNode annotations = annotations("{}");
        assertThat(annotations.get("prometheus.io/scrape").stringValue()).isEqualTo("true");
        assertThat(annotations.get("prometheus.io/port").stringValue()).isEqualTo("8081");
        assertThat(annotations("monitoring: {monitor: {enabled: true}}").has("prometheus.io/scrape"))
                .isFalse();
        assertThat(annotations("monitoring: {scrapeAnnotations: false}").has("prometheus.io/scrape"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'{maxConnections: 20000, autoscaling: {enabled: true}}', 14000",
        "'{maxConnections: 1000000, autoscaling: {enabled: true}}', 700000",
        "'{autoscaling: {enabled: true, connections: {target: 5000}}}', 5000",
    })
    void theAutoscalerAimsAtConnectionsPerPod(String values, String target) {
        JsonNode metric =
                Chart.with(values).render().the("HorizontalPodAutoscaler").at("/spec/metrics/1");
        assertThat(metric).isEqualTo(Manifests.yaml("""
                {type: Pods, pods: {metric: {name: websocket_connections_active},
                target: {type: AverageValue, averageValue: "%s"}}}
                """.formatted(target)));
    }

    @Test
    void theAutoscalerCanDoWithoutThem() {
        assertThat(Chart.with("autoscaling: {enabled: true, connections: {enabled: false}}")
                        .render()
                        .the("HorizontalPodAutoscaler")
                        .at("/spec/metrics"))
                .hasSize(1);
    }

    @Test
    void eachAlertSaysWhatIsTheMatter() {
        assertThat(alerts()).hasSize(21).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/summary").stringValue()).isNotBlank();
            assertThat(alert.at("/annotations/description").stringValue()).endsWith(".");
            assertThat(alert.at("/labels/severity").stringValue()).isIn("warning", "critical");
            assertThat(alert.at("/labels/team").stringValue()).isEqualTo("push");
        });
    }

    @Test
    void eachAlertHasItsParagraphInTheRunbook() throws Exception {
        List<String> headings = Files.readAllLines(Path.of("docs/runbook.md")).stream()
                .filter(line -> line.startsWith("## Pushwire"))
                .map(line -> line.substring(3))
                .toList();
        assertThat(alerts()).extracting(MonitoringTest::name).containsExactlyElementsOf(headings);
        // A heading's anchor is itself in small letters.
        assertThat(alerts())
                .allSatisfy(
                        alert -> assertThat(alert.at("/annotations/runbook_url").stringValue())
                                .isEqualTo("https://runbooks.example.com/pushwire#"
                                        + name(alert).toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handshakesRejected",
                "abnormalCloses",
                "endpointFails",
                "handlerFails",
                "backloggedConsumers",
                "nearConnectionLimit",
                "nearMemoryLimit",
                "limitReached",
                "loopBusy",
                "noPodsReady",
                "podRestarted",
                "publishLatency",
                "brokerDown",
                "brokerCallsFail",
                "brokerBehind",
                "brokerOutOfMemory",
                "historyEvicted",
                "acceptFailures",
                "apiRefused",
                "revocationsNearlyFull",
                "scrapeAbsent"
            })
    void eachAlertCanBeTurnedOffAndTuned(String rule) {
        String alert = "Pushwire" + rule.substring(0, 1).toUpperCase(Locale.ROOT) + rule.substring(1);
        assertThat(alerts(rule, "{enabled: false}"))
                .extracting(MonitoringTest::name)
                .hasSize(20)
                .doesNotContain(alert);
        assertThat(alerts(rule, "{for: 77m, severity: page}"))
                .filteredOn(other -> name(other).equals(alert))
                .allSatisfy(tuned -> {
                    assertThat(tuned.get("for").stringValue()).isEqualTo("77m");
                    assertThat(tuned.at("/labels/severity").stringValue()).isEqualTo("page");
                })
                .hasSize(1);
    }

    @Test
    void alertsLookAtTheirOwnReleaseOnly() {
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(alert.get("expr").stringValue())
                        .contains("{namespace=\"push\",")
                        .doesNotContain("{}"));
        assertThat(alerts("loopBusy", "{threshold: 0.5}"))
                .extracting(alert -> alert.get("expr").stringValue())
                .contains("avg_over_time(websocket_loop_busy_ratio{namespace=\"push\",job=\"pushwire\"}[5m]) > 0.5");
        assertThat(Chart.withEverything()
                        .and("monitoring: {alerts: {seriesSelector: 'app=\"push\"'}}")
                        .render()
                        .the("PrometheusRule")
                        .toString())
                .contains("up{app=\\\"push\\\"}")
                .doesNotContain("job=\\\"pushwire\\\"");
    }

    private List<JsonNode> alerts() {
        return alerts(everything).toList();
    }

    private static List<JsonNode> alerts(String rule, String values) {
        return alerts(Chart.withEverything()
                        .and("monitoring: {alerts: {rules: {%s: %s}}}".formatted(rule, values))
                        .render())
                .toList();
    }

    private static Stream<JsonNode> alerts(Manifests manifests) {
        return manifests.the("PrometheusRule").at("/spec/groups/0/rules").valueStream();
    }

    private static String name(JsonNode alert) {
        return alert.get("alert").stringValue();
    }

    private static JsonNode annotations(String values) {
        return Chart.with(values).render().the("Deployment").at("/spec/template/metadata/annotations");
    }

    private static boolean hasAll(JsonNode manifest, JsonNode labels) {
        return labels.properties().stream()
                .allMatch(label ->
                        label.getValue().equals(manifest.at("/metadata/labels").get(label.getKey())));
    }
}
