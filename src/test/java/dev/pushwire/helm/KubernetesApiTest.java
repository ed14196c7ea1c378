package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check itself: it must find what an API server would find. */
class KubernetesApiTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: x, labels: {a: b}}
            spec:
              replicas: 1
              selector: {matchLabels: {a: b}}
              strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 25%}}
              template:
                spec:
                  containers:
                    - name: c
                      image: i
                      ports: [{containerPort: 8080}]
                      resources: {limits: {memory: 64Mi}}
                      livenessProbe: {httpGet: {path: /, port: http}}
            """;

    private static final String RULE = """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: x}
            spec:
              groups:
                - name: g
                  rules:
                    - alert: A
                      expr: up
                      for: 1m
                      labels: {severity: page}
            """;

    private static final String SCALED_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: x}
            spec:
              scaleTargetRef: {name: x}
              minReplicaCount: 1
              triggers:
                - type: cpu
                  metricType: Utilization
                  metadata: {value: '70'}
            """;

    @Test
    void takesWhatIsRight() {
        KubernetesApi.check(Manifests.yaml(DEPLOYMENT));
        KubernetesApi.check(Manifests.yaml(RULE));
        KubernetesApi.check(Manifests.yaml(SCALED_OBJECT));
    }

    @ParameterizedTest
    @CsvSource({
        "replicas: 1,           replica: 1",
        "replicas: 1,           replicas: one",
        "replicas: 1,           replicas: '1'",
        "'selector: {matchLabels: {a: b}}', ''",
        "containerPort: 8080,   port: 8080",
        "containerPort: 8080,   hostPort: 8080",
        "image: i,              image: true",
        "'labels: {a: b}',      'labels: {a: 1}'",
        "memory: 64Mi,          memory: lots",
        "path: /,               path: 7",
        "'port: http',          'port: http, scheme: []'",
    })
    void refusesWhatIsWrong(String right, String wrong) {
        assertRefused(DEPLOYMENT, right, wrong);
    }

    @ParameterizedTest
    @CsvSource({
        "alert: A,         alerts: A",
        "for: 1m,          for: [1m]",
        "severity: page,   severity: 1",
        "name: g,          names: g",
        "groups:,          group:",
    })
    void refusesWhatIsWrongInAnOperatorsKind(String right, String wrong) {
        assertRefused(RULE, right, wrong);
    }

    @ParameterizedTest
    @CsvSource({
        "scaleTargetRef: {name: x},   scaleTargetRef: {deployment: x}",
        "minReplicaCount: 1,          minReplicas: 1",
        "minReplicaCount: 1,          minReplicaCount: one",
        "'metadata: {value: ''70''}', 'metadata: {value: 70}'",
        "metricType: Utilization,     metricType: Usage",
        "type: cpu,                   kind: cpu",
    })
    void refusesWhatIsWrongInAKindWithoutAModel(String right, String wrong) {
        assertRefused(SCALED_OBJECT, right, wrong);
    }

    private static void assertRefused(String manifest, String right, String wrong) {
        assertThat(manifest).contains(right);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> KubernetesApi.check(Manifests.yaml(manifest.replace(right, wrong == null ? "" : wrong))));
    }
}
