package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.autoconfigure.WebSocketProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;

/** Which clients and peers get in, and where. */
class ExposureTest {
    private final Manifests everything = Chart.withEverything().render();

    @Test
    void clientsReachTheHttpPortAndNoOther() {
        JsonNode service = Chart.withDefaults().render().service().get("spec");
        assertThat(service.get("ports"))
                .isEqualTo(Manifests.yaml("[{name: http, port: 80, targetPort: http, protocol: TCP}]"));
        assertThat(service.get("type").stringValue()).isEqualTo("ClusterIP");
        assertThat(service.get("sessionAffinity").stringValue()).isEqualTo("None");
    }

    @Test
    void nothingThatIsExposedLeadsToThePortsOfPower() {
        for (JsonNode exposed : List.of(everything.service(), everything.the("Ingress"), everything.the("HTTPRoute"))) {
            assertThat(exposed.toString()).doesNotContain("management", "9000", "8002", "pushwire-api", "\"api\"");
        }
        Manifests scraped = Chart.withEverything()
                .and("monitoring: {monitor: {kind: ServiceMonitor}}")
                .render();
        JsonNode forPrometheus = scraped.ofKind("Service")
                .filter(service -> Manifests.name(service).endsWith("-management"))
                .findFirst()
                .orElseThrow();
        assertThat(forPrometheus.at("/spec/clusterIP").stringValue()).isEqualTo("None");
        assertThat(forPrometheus.at("/spec").has("type")).isFalse();
    }

    @Test
    void theApiHasAServiceOfItsOwn() {
        JsonNode service = everything.service("-api");
        assertThat(service.at("/spec/type").stringValue()).isEqualTo("ClusterIP");
        assertThat(service.at("/spec/ports"))
                .isEqualTo(Manifests.yaml("[{name: api, port: 8082, targetPort: api, protocol: TCP}]"));
        assertThat(service.at("/spec/selector")).isEqualTo(everything.service().at("/spec/selector"));
        assertThat(Configuration.of(everything).property("pushwire.api.port")).isEqualTo("8002");
        assertThat(everything.container().at("/ports/2"))
                .isEqualTo(Manifests.yaml("{name: api, containerPort: 8002, protocol: TCP}"));
    }

    @Test
    void onlyNeighboursReachTheApiUnlessOthersAreNamed() {
        String from = "networkPolicy: {enabled: true, managementFrom: [], apiFrom: %s}";
        JsonNode ingress = Chart.with("networkPolicy: {enabled: true, managementFrom: []}")
                .render()
                .the("NetworkPolicy")
                .at("/spec/ingress");
        assertThat(ingress).hasSize(2);
        assertThat(ingress.get(1))
                .isEqualTo(Manifests.yaml("{ports: [{port: api, protocol: TCP}], from: [{podSelector: {}}]}"));
        assertThat(Chart.with(from.formatted("[]"))
                        .render()
                        .the("NetworkPolicy")
                        .at("/spec/ingress"))
                .hasSize(1);
    }

    @Test
    void theServiceSendsClientsToThePodsAndNotToTheTests() {
        JsonNode selector = everything.service().at("/spec/selector");
        assertThat(selector).isEqualTo(everything.the("Deployment").at("/spec/selector/matchLabels"));
        assertThat(Chart.withEverything().testPod().at("/metadata/labels").get("app.kubernetes.io/component"))
                .isNotEqualTo(selector.get("app.kubernetes.io/component"));
    }

    /** nginx counts the silence between two reads, and the pings are what breaks it. */
    @Test
    void nginxIsMorePatientThanThePingsAreRare() {
        JsonNode annotations = everything.the("Ingress").at("/metadata/annotations");
        for (String direction : new String[] {"read", "send"}) {
            String seconds = annotations
                    .get("nginx.ingress.kubernetes.io/proxy-" + direction + "-timeout")
                    .stringValue();
            assertThat(Duration.ofSeconds(Long.parseLong(seconds)))
                    .isGreaterThan(pingInterval().multipliedBy(2));
        }
        assertThat(annotations.has("cert-manager.io/cluster-issuer")).isTrue();
    }

    /** Whether or not it heeds what each stream says for itself. */
    @Test
    void nginxHoldsNoEventBack() {
        assertThat(everything
                        .the("Ingress")
                        .at("/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-buffering")
                        .stringValue())
                .isEqualTo("off");
    }

    @Test
    void theIngressLeadsToTheService() {
        assertThat(everything.the("Ingress").at("/spec/rules/0")).isEqualTo(Manifests.yaml("""
                host: push.example.com
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: pushwire, port: {name: http}}}}]}
                """));
        assertThat(everything.the("Ingress").at("/spec/rules/1").has("host")).isFalse();
    }

    @Test
    void theRouteLeadsToTheServiceAndNeverTimesOut() {
        JsonNode spec = everything.the("HTTPRoute").get("spec");
        JsonNode rule = spec.at("/rules/0");
        assertThat(spec.get("parentRefs")).isNotEmpty();
        assertThat(rule.at("/backendRefs/0/name").stringValue()).isEqualTo(Manifests.name(everything.service()));
        assertThat(rule.at("/backendRefs/0/port"))
                .isEqualTo(everything.service().at("/spec/ports/0/port"));
        assertThat(rule.at("/timeouts/request").stringValue()).isEqualTo("0s");
        assertThat(rule.get("matches"))
                .hasSize(2)
                .allMatch(match -> match.at("/path/type").stringValue().equals("PathPrefix"));
        assertThat(Chart.withEverything()
                        .and("httpRoute: {timeouts: null}")
                        .render()
                        .the("HTTPRoute")
                        .at("/spec/rules/0")
                        .has("timeouts"))
                .isFalse();
    }

    @Test
    void aNetworkPolicyLetsInWhomItNamesAndTheTest() {
        JsonNode spec = everything.the("NetworkPolicy").get("spec");
        assertThat(spec.get("podSelector"))
                .isEqualTo(everything.the("Deployment").at("/spec/selector"));
        assertThat(spec.at("/ingress/0/ports/0/port").stringValue()).isEqualTo("http");
        assertThat(spec.at("/ingress/0/from")).hasSize(2);
        JsonNode testLabels = spec.at("/ingress/0/from/1/podSelector/matchLabels");
        JsonNode testPod = Chart.withEverything().testPod().at("/metadata/labels");
        testLabels
                .properties()
                .forEach(label -> assertThat(testPod.get(label.getKey())).isEqualTo(label.getValue()));
        assertThat(spec.at("/ingress/1/ports/0/port").stringValue()).isEqualTo("management");
        assertThat(spec.get("egress")).isEqualTo(Manifests.yaml("""
                - ports: [{port: 26379, protocol: TCP}, {port: 26380, protocol: TCP}, {port: 6379, protocol: TCP}]
                  to: [{podSelector: {matchLabels: {app: redis}}}]
                - ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
                - ports: [{port: 443, protocol: TCP}]
                """));
    }

    @Test
    void aNetworkPolicyWithNobodyNamedLetsAnybodyConnectAndNothingOut() {
        JsonNode spec = Chart.with("networkPolicy: {enabled: true, managementFrom: [], apiFrom: []}")
                .render()
                .the("NetworkPolicy")
                .get("spec");
        assertThat(spec.get("ingress")).hasSize(1);
        assertThat(spec.at("/ingress/0").has("from")).isFalse();
        assertThat(spec.get("policyTypes")).isEqualTo(Manifests.yaml("[Ingress, Egress]"));
        assertThat(spec.get("egress")).isEmpty();
    }

    /** Metrics tell who is connected from where. */
    @Test
    void aNetworkPolicyLetsOnlyTheOwnNamespaceReadMetricsUnlessItNamesOthers() {
        JsonNode spec = Chart.with("networkPolicy: {enabled: true}")
                .render()
                .the("NetworkPolicy")
                .get("spec");
        assertThat(spec.at("/ingress/1/ports/0/port").stringValue()).isEqualTo("management");
        assertThat(spec.at("/ingress/1/from")).isEqualTo(Manifests.yaml("[{podSelector: {}}]"));
    }

    private static Duration pingInterval() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("pushwire.websocket", WebSocketProperties.class)
                .pingInterval();
    }
}
