package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import tools.jackson.databind.JsonNode;

/** The chart as a whole. */
class ChartTest {
    @TempDir
    private Path directory;

    @Test
    void isCleanForHelmsLinter() {
        LintResult result = Chart.withDefaults().lint();
        assertThat(result.isFailed()).isFalse();
        assertThat(result.getMessages()).allMatch(message -> message.startsWith("[INFO]"));
    }

    @Test
    void carriesTheVersionOfTheProject() throws Exception {
        String chart = Files.readString(Chart.DIRECTORY.resolve("Chart.yaml"));
        assertThat(Manifests.yaml(chart).get("appVersion").stringValue()).isEqualTo(projectVersion());
    }

    static Stream<Arguments> installations() {
        Chart defaults = Chart.withDefaults();
        Chart everything = Chart.withEverything();
        return Stream.of(
                Arguments.of("no values", defaults),
                Arguments.of("every feature", everything),
                Arguments.of("the oldest Kubernetes, no values", defaults.onKubernetes("1.30.0")),
                Arguments.of("the oldest Kubernetes, every feature", everything.onKubernetes("1.30.0")),
                Arguments.of("a service monitor", everything.and("monitoring: {monitor: {kind: ServiceMonitor}}")),
                Arguments.of("KEDA", everything.and("autoscaling: {keda: {enabled: true}}")),
                Arguments.of(
                        "secrets of others",
                        Chart.with(
                                "{api: {keys: {shop: {existingSecret: mine}}}, secretConfig: {existingSecret: mine-too}}")),
                Arguments.of("names that look like numbers", everything.named("123")),
                Arguments.of("a long name", everything.named("a".repeat(53))),
                Arguments.of("what can be taken away, taken away", Chart.with("""
                        {serviceAccount: {create: false}, podDisruptionBudget: {enabled: false}, drain: {preStop: 0s},
                        topologySpreadConstraints: [], jvm: {options: []}, resources: {limits: null},
                        monitoring: {scrapeAnnotations: false}, podSecurityContext: {fsGroup: null}}
                        """)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("installations")
    void rendersManifestsThatKubernetesTakes(String name, Chart chart) throws IOException {
        KubernetesApi.check(chart.testPod());
        assertThat(chart.render().all())
                .isNotEmpty()
                .allSatisfy(KubernetesApi::check)
                .allSatisfy(manifest -> {
                    assertThat(Manifests.name(manifest)).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
                    if (Manifests.kind(manifest).equals("Service")) {
                        assertThat(Manifests.name(manifest)).hasSizeLessThanOrEqualTo(63);
                    }
                });
    }

    @Test
    void makesNothingTwice() {
        assertThat(Chart.withEverything()
                        .and("monitoring: {monitor: {kind: ServiceMonitor}}")
                        .render()
                        .all())
                .extracting(manifest -> Manifests.kind(manifest) + " " + Manifests.name(manifest))
                .doesNotHaveDuplicates();
    }

    @Test
    void labelsEverything() {
        assertThat(Chart.withEverything().render().all())
                .allSatisfy(
                        manifest -> assertThat(manifest.at("/metadata/labels").propertyNames())
                                .contains(
                                        "app.kubernetes.io/name",
                                        "app.kubernetes.io/instance",
                                        "app.kubernetes.io/version",
                                        "app.kubernetes.io/managed-by",
                                        "helm.sh/chart",
                                        "team"));
    }

    /** A manifest with a name twice is refused by tools that come behind Helm. */
    @Test
    void hasEachLabelAndAnnotationOnce() {
        Manifests manifests = Chart.with("""
                commonLabels: {team: push}
                service: {labels: {team: web}}
                podAnnotations: {prometheus.io/scrape: "false", kubectl.kubernetes.io/default-container: other}
                """).render();
        assertThat(manifests.service().at("/metadata/labels/team").stringValue())
                .isEqualTo("web");
        JsonNode annotations = manifests.the("Deployment").at("/spec/template/metadata/annotations");
        assertThat(annotations.get("prometheus.io/scrape").stringValue()).isEqualTo("false");
        assertThat(annotations.get("kubectl.kubernetes.io/default-container").stringValue())
                .isEqualTo("other");
    }

    @Test
    void makesTheObjectsThatItIsGiven() {
        JsonNode map = Chart.with("""
                        extraObjects:
                          - apiVersion: v1
                            kind: ConfigMap
                            metadata: {name: '{{ include "pushwire.fullname" . }}-more'}
                            data: {namespace: "{{ .Release.Namespace }}"}
                          - {apiVersion: v1, kind: ResourceQuota, metadata: {name: quota}, spec: {hard: {pods: "20"}}}
                        """)
                .render()
                .ofKind("ConfigMap")
                .filter(each -> Manifests.name(each).equals("pushwire-more"))
                .findFirst()
                .orElseThrow();
        assertThat(map.at("/data/namespace").stringValue()).isEqualTo("push");
    }

    @Test
    void refusesAKubernetesThatIsTooOld() {
        assertThatThrownBy(() -> Chart.withDefaults().onKubernetes("1.29.9").render())
                .hasMessageContaining("requires kubeVersion: >=1.30.0");
    }

    /** Helm adds "global" to the values of a chart within another, and often there is a condition "enabled". */
    @Test
    void worksAsPartOfAnotherChart() throws IOException {
        Path parent = Files.createDirectories(directory.resolve("parent"));
        Chart.copy(Chart.DIRECTORY, parent.resolve("charts/pushwire"));
        Files.writeString(parent.resolve("Chart.yaml"), """
                apiVersion: v2
                name: parent
                version: 1.0.0
                dependencies: [{name: pushwire, version: 1.x, condition: pushwire.enabled}]
                """);
        Files.writeString(
                parent.resolve("values.yaml"), "{global: {region: eu}, pushwire: {enabled: true, replicaCount: 2}}");
        Manifests manifests = Chart.at(parent).named("shop").render();
        assertThat(Manifests.name(manifests.the("Deployment"))).isEqualTo("shop-pushwire");
        assertThat(manifests.the("Deployment").at("/spec/replicas").asInt()).isEqualTo(2);
    }

    private static String projectVersion() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        for (Node child = project.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals("version")) {
                return child.getTextContent();
            }
        }
        throw new AssertionError("pom.xml has no version");
    }
}
