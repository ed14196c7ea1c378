package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Exactly one thing decides how many pods there are. */
class ScalingTest {
    private static final String KEDA = """
            maxConnections: 10000
            autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 9, cpuUtilization: 60, keda: {enabled: true}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicaCount: 4                                   | 4    | 0 | 0",
                "replicaCount: 0                                   | 0    | 0 | 0",
                "replicaCount: null                                |      | 0 | 0",
                "autoscaling: {enabled: true}                      |      | 1 | 0",
                "autoscaling: {enabled: true, keda: {enabled: true}} |    | 0 | 1",
            })
    void isOne(String values, Integer replicas, int autoscalers, int scaledObjects) {
        Manifests manifests = Chart.with(values).render();
        JsonNode said = manifests.the("Deployment").at("/spec/replicas");
        if (replicas == null) {
            assertThat(said.isMissingNode()).isTrue();
        } else {
            assertThat(said.asInt()).isEqualTo(replicas);
        }
        assertThat(manifests.ofKind("HorizontalPodAutoscaler")).hasSize(autoscalers);
        assertThat(manifests.ofKind("ScaledObject")).hasSize(scaledObjects);
    }

    @Test
    void kedaScalesTheDeploymentByCpuAndConnections() {
        Manifests manifests = Chart.with(KEDA).render();
        JsonNode spec = manifests.the("ScaledObject").get("spec");
        assertThat(spec.at("/scaleTargetRef/name").stringValue())
                .isEqualTo(Manifests.name(manifests.the("Deployment")));
        assertThat(spec.get("minReplicaCount").asInt()).isEqualTo(3);
        assertThat(spec.get("maxReplicaCount").asInt()).isEqualTo(9);
        assertThat(spec.get("triggers")).isEqualTo(Manifests.yaml("""
                - type: cpu
                  metricType: Utilization
                  metadata: {value: "60"}
                - type: prometheus
                  metadata:
                    serverAddress: http://prometheus-operated.monitoring.svc:9090
                    query: sum(websocket_connections_active{namespace="push",job="pushwire"})
                    threshold: "7000"
                """));
    }

    @Test
    void kedaScalesDownAsSlowlyAsTheAutoscaler() {
        JsonNode autoscaler = Chart.with("autoscaling: {enabled: true}")
                .render()
                .the("HorizontalPodAutoscaler")
                .at("/spec/behavior");
        assertThat(autoscaler.at("/scaleDown/stabilizationWindowSeconds").asInt())
                .isEqualTo(600);
        assertThat(Chart.with(KEDA)
                        .render()
                        .the("ScaledObject")
                        .at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"))
                .isEqualTo(autoscaler);
    }

    /** A Prometheus that is away must not cost anybody a connection. */
    @Test
    void kedaKeepsThePodsThereAreWhenItIsBlind() {
        assertThat(Chart.with(KEDA).render().the("ScaledObject").at("/spec/fallback"))
                .isEqualTo(Manifests.yaml("{failureThreshold: 3, replicas: 3, behavior: currentReplicasIfHigher}"));
    }

    @Test
    void kedaIsOneWayOfAutoscaling() {
        assertThatThrownBy(
                        () -> Chart.with("autoscaling: {keda: {enabled: true}}").render())
                .hasMessageContaining("autoscaling.enabled is false: set both");
    }

    @Test
    void triggersMayBeAdded() {
        JsonNode triggers = Chart.withEverything()
                .and("autoscaling: {keda: {enabled: true}}")
                .render()
                .the("ScaledObject")
                .at("/spec/triggers");
        assertThat(triggers).hasSize(3);
        assertThat(triggers.at("/1/authenticationRef/name").stringValue()).isEqualTo("prometheus");
        assertThat(triggers.at("/2/type").stringValue()).isEqualTo("cron");
    }
}
