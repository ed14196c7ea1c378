package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The values in {@code examples}, one file for each kind of ingress. */
class RecipesTest {
    private static final Path EXAMPLES = Chart.DIRECTORY.resolve("examples");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void kubernetesTakesThem(Path values) {
        Manifests manifests = withNetworkPolicy(values);
        assertThat(manifests.all()).allSatisfy(KubernetesApi::check);
        assertThat(manifests.all()).extracting(Manifests::kind).containsAnyOf("Ingress", "HTTPRoute");
        assertThat(manifests.the("NetworkPolicy").at("/spec/ingress/0/from")).isNotEmpty();
    }

    /** The annotations of one controller mean nothing to another. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ingress-nginx.yaml | nginx.ingress.kubernetes.io/",
                "f5-nginx.yaml      | nginx.org/",
                "traefik.yaml       | traefik.ingress.kubernetes.io/",
                "haproxy.yaml       | haproxy.org/",
                "alb.yaml           | alb.ingress.kubernetes.io/",
                "gke-ingress.yaml   | kubernetes.io/ingress.",
            })
    void theirAnnotationsAreForOneController(String file, String prefix) {
        JsonNode annotations =
                withNetworkPolicy(EXAMPLES.resolve(file)).the("Ingress").at("/metadata/annotations");
        assertThat(annotations.propertyNames()).isNotEmpty().allMatch(name -> name.startsWith(prefix));
    }

    /** The load balancers of clouds check each pod, and by default they ask for a page that does not exist. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alb.yaml         | Ingress           | /metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-port "
                        + "| /metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-path",
                "gke-ingress.yaml | BackendConfig     | /spec/healthCheck/port | /spec/healthCheck/requestPath",
                "gke-gateway.yaml | HealthCheckPolicy | /spec/default/config/httpHealthCheck/port "
                        + "| /spec/default/config/httpHealthCheck/requestPath",
            })
    void theirHealthChecksAskWhatTheKubeletAsks(String file, String kind, String port, String path) {
        Manifests manifests = withNetworkPolicy(EXAMPLES.resolve(file));
        JsonNode asking = manifests.the(kind);
        assertThat(asking.at(port).asString())
                .isEqualTo(manifests.container().at("/ports/1/containerPort").toString());
        assertThat(asking.at(path).stringValue())
                .isEqualTo(
                        manifests.container().at("/readinessProbe/httpGet/path").stringValue());
        JsonNode policy = manifests.the("NetworkPolicy").get("spec");
        assertThat(policy.at("/ingress/1/from")).as("who may ask").isNotEmpty();
        assertThat(policy.at("/ingress/0/from").values())
                .containsAll(policy.at("/ingress/1/from").values());
    }

    @Test
    void theServiceNamesGooglesConfiguration() {
        Manifests manifests = withNetworkPolicy(EXAMPLES.resolve("gke-ingress.yaml"));
        String named = manifests
                .service()
                .at("/metadata/annotations/cloud.google.com~1backend-config")
                .stringValue();
        assertThat(Manifests.yaml(named).get("default"))
                .isEqualTo(manifests.the("BackendConfig").at("/metadata/name"));
    }

    @Test
    void googlesPoliciesNameTheService() {
        Manifests manifests = withNetworkPolicy(EXAMPLES.resolve("gke-gateway.yaml"));
        for (String kind : new String[] {"GCPBackendPolicy", "HealthCheckPolicy"}) {
            assertThat(manifests.the(kind).at("/spec/targetRef/name").stringValue())
                    .isEqualTo(Manifests.name(manifests.service()));
        }
        assertThat(manifests.the("HTTPRoute").at("/spec/rules/0").has("timeouts"))
                .isFalse();
    }

    @Test
    void f5IsToldWhichServiceSpeaksWebSocket() {
        Manifests manifests = withNetworkPolicy(EXAMPLES.resolve("f5-nginx.yaml"));
        assertThat(manifests
                        .the("Ingress")
                        .at("/metadata/annotations/nginx.org~1websocket-services")
                        .stringValue())
                .isEqualTo(Manifests.name(manifests.service()));
    }

    /** Google cuts a WebSocket after its timeout, so ours must end it before, with a Close. */
    @ParameterizedTest
    @CsvSource({
        "gke-ingress.yaml, BackendConfig, /spec/timeoutSec",
        "gke-gateway.yaml, GCPBackendPolicy, /spec/default/timeoutSec"
    })
    void connectionsEndBeforeTheyAreCut(String file, String kind, String timeout) {
        Manifests manifests = withNetworkPolicy(EXAMPLES.resolve(file));
        String lifetime = Configuration.of(manifests).property("pushwire.websocket.max-lifetime");
        assertThat(Integer.parseInt(lifetime.replace("h", "")) * 3600)
                .isLessThan(manifests.the(kind).at(timeout).asInt());
    }

    private static Manifests withNetworkPolicy(Path values) {
        return Chart.withDefaults()
                .and(values)
                .and("networkPolicy: {enabled: true}")
                .render();
    }
}
