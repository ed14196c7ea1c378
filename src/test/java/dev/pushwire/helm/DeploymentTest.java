package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The pods: how they stop, how they are replaced, what they may do. */
class DeploymentTest {
    private final Manifests defaults = Chart.withDefaults().render();

    @Nested
    class Stopping {
        @ParameterizedTest
        @CsvSource({
            "20s, 5s,  15s, 40",
            "2m,  10s, 20s, 150",
            "1h,  1m,  90s, 3750",
            "0s,  0s,  0s,  0",
            "08s, 09s, 1s,  18",
        })
        void gracePeriodIsPreStopAndWindowAndMargin(String window, String preStop, String margin, int seconds) {
            Manifests manifests = Chart.with(
                            "drain: {window: %s, preStop: %s, margin: %s}".formatted(window, preStop, margin))
                    .render();
            assertThat(manifests.pod().at("/terminationGracePeriodSeconds").asInt())
                    .isEqualTo(seconds);
            assertThat(Configuration.of(manifests).property("pushwire.drain.window"))
                    .isEqualTo(window);
        }

        /** The image has no command that could sleep. */
        @Test
        void theKubeletSleepsByItself() {
            assertThat(defaults.container().at("/lifecycle/preStop"))
                    .isEqualTo(Manifests.yaml("{sleep: {seconds: 5}}"));
        }

        @Test
        void nobodySleepsForNothing() {
            assertThat(Chart.with("drain: {preStop: 0s}").render().container().has("lifecycle"))
                    .isFalse();
        }
    }

    @Nested
    class Replacing {
        @Test
        void neverDropsBelowCapacity() {
            JsonNode strategy =
                    Chart.with("maxSurge: 25%").render().the("Deployment").at("/spec/strategy");
            assertThat(strategy)
                    .isEqualTo(
                            Manifests.yaml("{type: RollingUpdate, rollingUpdate: {maxUnavailable: 0, maxSurge: 25%}}"));
        }

        @Test
        void mayWaitForTheOldPodToBeGone() {
            assertThat(Chart.with("strategy: Recreate")
                            .render()
                            .the("Deployment")
                            .at("/spec/strategy"))
                    .isEqualTo(Manifests.yaml("{type: Recreate}"));
        }

        @Test
        void aDisruptionBudgetLetsASinglePodGo() {
            JsonNode budget = defaults.the("PodDisruptionBudget").get("spec");
            assertThat(budget.get("maxUnavailable").asInt()).isEqualTo(1);
            assertThat(budget.get("selector"))
                    .isEqualTo(defaults.the("Deployment").at("/spec/selector"));
        }

        @Test
        void anotherConfigurationMakesOtherPods() {
            assertThat(template("config: {pushwire: {websocket: {max-fragments: 7}}}"))
                    .isNotEqualTo(template("{}"));
            assertThat(template("drain: {window: 21s}")).isNotEqualTo(template("{}"));
        }

        @Test
        void anotherSecretConfigurationMakesOtherPods() {
            assertThat(annotations("api: {keys: {shop: {secret: 0123456789abcdef}}}"))
                    .isNotEqualTo(annotations("api: {keys: {shop: {secret: 0123456789abcdef, scopes: [read]}}}"));
            assertThat(annotations("secretConfig: {values: {a: 1}}"))
                    .isNotEqualTo(annotations("secretConfig: {values: {a: 2}}"));
        }

        /** The pods read it again by themselves. */
        @Test
        void anotherSecretOfAKeyLeavesThemAlone() {
            assertThat(template("api: {keys: {shop: {secret: 0123456789abcdef}}}"))
                    .isEqualTo(template("api: {keys: {shop: {secret: 0123456789abcdeF}}}"));
        }

        /** Each restart sends every client away. */
        @Test
        void whatThePodsDoNotNoticeLeavesThemAlone() {
            String unnoticed = """
                    {replicaCount: 4, ingress: {enabled: true}, service: {type: LoadBalancer},
                    networkPolicy: {enabled: true}, deploymentAnnotations: {a: b},
                    monitoring: {alerts: {enabled: true}, dashboards: {enabled: true}}}
                    """;
            assertThat(template(unnoticed)).isEqualTo(template("{}"));
        }

        @Test
        void anotherVersionOfTheChartAloneLeavesThemAlone() throws Exception {
            String yaml = Files.readString(Path.of("helm/pushwire/Chart.yaml"));
            String version = Manifests.yaml(yaml).get("version").stringValue();
            assertThat(defaults.the("Deployment").at("/spec/template").toString())
                    .doesNotContain("helm.sh/chart", "pushwire-" + version);
        }

        private JsonNode template(String values) {
            return Chart.with(values).render().the("Deployment").at("/spec/template");
        }

        private JsonNode annotations(String values) {
            return template(values).at("/metadata/annotations");
        }
    }

    /** Kubernetes refuses another selector, so an upgrade could never be installed. */
    @Nested
    class Selector {
        private final JsonNode selector = selectorOf(defaults);

        @Test
        void nothingChangesIt() {
            assertThat(selectorOf(Chart.withEverything().render())).isEqualTo(selector);
            assertThat(selectorOf(Chart.with("podLabels: {app.kubernetes.io/name: other}")
                            .render()))
                    .isEqualTo(selector);
            assertThat(selectorOf(Chart.with("commonLabels: {app.kubernetes.io/component: other}")
                            .render()))
                    .isEqualTo(selector);
        }

        @Test
        void itIsTheseThreeLabels() {
            assertThat(selector).isEqualTo(Manifests.yaml("""
                    app.kubernetes.io/name: pushwire
                    app.kubernetes.io/instance: pushwire
                    app.kubernetes.io/component: server
                    """));
        }

        @ParameterizedTest
        @CsvSource({"''", "podLabels: {app.kubernetes.io/instance: other}", "commonLabels: {app.kubernetes.io/name: x}"
        })
        void thePodsHaveIt(String values) {
            JsonNode labels = Chart.with(values).render().the("Deployment").at("/spec/template/metadata/labels");
            selector.properties()
                    .forEach(label -> assertThat(labels.get(label.getKey())).isEqualTo(label.getValue()));
        }

        private static JsonNode selectorOf(Manifests manifests) {
            return manifests.the("Deployment").at("/spec/selector/matchLabels");
        }
    }

    /** What the "restricted" Pod Security Standard asks for, and some more. */
    @Nested
    class Security {
        @Test
        void thePodRunsAsNobodyInParticular() {
            JsonNode pod = defaults.pod();
            assertThat(pod.get("securityContext")).isEqualTo(Manifests.yaml("""
                    {runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001,
                    fsGroupChangePolicy: OnRootMismatch, seccompProfile: {type: RuntimeDefault}}
                    """));
            for (String sharesTheNodes : new String[] {"hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"}) {
                assertThat(pod.has(sharesTheNodes)).isFalse();
            }
        }

        @Test
        void theContainerMayDoNothingSpecial() {
            assertThat(defaults.container().get("securityContext")).isEqualTo(Manifests.yaml("""
                    {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                    """));
        }

        @Test
        void onlyTheTemporaryDirectoryCanBeWritten() {
            for (JsonNode mount : defaults.container().get("volumeMounts")) {
                boolean isTemporary = mount.get("mountPath").stringValue().equals("/tmp");
                assertThat(mount.path("readOnly").asBoolean(false)).isEqualTo(!isTemporary);
            }
            JsonNode temporary = defaults.pod().at("/volumes/1");
            assertThat(temporary).isEqualTo(Manifests.yaml("{name: tmp, emptyDir: {sizeLimit: 64Mi}}"));
        }

        @Test
        void noTokenIsMounted() {
            assertThat(defaults.pod().at("/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(defaults.the("ServiceAccount")
                            .at("/automountServiceAccountToken")
                            .asBoolean(true))
                    .isFalse();
        }
    }

    @Test
    void theImageIsTheChartsVersionUnlessToldOtherwise() {
        assertThat(image("{}")).isEqualTo("pushwire:" + appVersion());
        assertThat(image("image: {repository: registry.example.com/push, tag: v2}"))
                .isEqualTo("registry.example.com/push:v2");
        String digest = "sha256:" + "0a".repeat(32);
        assertThat(image("image: {tag: v2, digest: '" + digest + "'}")).isEqualTo("pushwire@" + digest);
    }

    @Test
    void theJvmIsSizedByTheContainer() {
        assertThat(defaults.environment("JAVA_TOOL_OPTIONS"))
                .isEqualTo("-XX:MaxRAMPercentage=50 -XX:ActiveProcessorCount=2 -XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void theJvmGoesThroughTheProxy() {
        Manifests proxied = Chart.with("proxy: {address: 'proxy.example.com:3128', exceptions: ['*.svc']}")
                .render();
        assertThat(proxied.environment("JAVA_TOOL_OPTIONS").split(" "))
                .contains(
                        "-Dhttps.proxyHost=proxy.example.com",
                        "-Dhttps.proxyPort=3128",
                        "-Dhttp.proxyHost=proxy.example.com",
                        "-Dhttp.proxyPort=3128",
                        "-Dhttp.nonProxyHosts=localhost|127.*|[::1]|*.svc");
    }

    @Test
    void thePodIsAsItsClusterWantsIt() {
        JsonNode pod = Chart.withEverything().render().pod();
        assertThat(pod.get("runtimeClassName").stringValue()).isEqualTo("gvisor");
        assertThat(pod.get("hostAliases")).isEqualTo(Manifests.yaml("[{ip: 192.0.2.7, hostnames: [id.example.com]}]"));
        assertThat(pod.get("dnsPolicy").stringValue()).isEqualTo("None");
        assertThat(pod.at("/dnsConfig/nameservers/0").stringValue()).isEqualTo("192.0.2.53");
        for (String field : new String[] {"runtimeClassName", "hostAliases", "dnsPolicy", "dnsConfig"}) {
            assertThat(defaults.pod().has(field)).as(field).isFalse();
        }
    }

    @Test
    void probesAskTheManagementPort() {
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            assertThat(defaults.container().at("/" + probe + "/httpGet/port").stringValue())
                    .isEqualTo("management");
        }
        assertThat(defaults.container().at("/readinessProbe/httpGet/path").stringValue())
                .isEqualTo("/actuator/health/readiness");
        assertThat(defaults.container().at("/livenessProbe/httpGet/path").stringValue())
                .isEqualTo("/actuator/health/liveness");
    }

    @Test
    void podsSpreadOverZonesAndNodes() {
        JsonNode constraints = defaults.pod().get("topologySpreadConstraints");
        assertThat(constraints).hasSize(2).allSatisfy(constraint -> {
            assertThat(constraint.get("labelSelector"))
                    .isEqualTo(defaults.the("Deployment").at("/spec/selector"));
            assertThat(constraint.at("/matchLabelKeys/0").stringValue()).isEqualTo("pod-template-hash");
        });
    }

    @Test
    void aSpreadConstraintMayHaveItsOwnSelector() {
        JsonNode constraint = Chart.with("""
                        topologySpreadConstraints:
                          - {topologyKey: rack, maxSkew: 2, whenUnsatisfiable: DoNotSchedule,
                             labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [c]}
                        """).render().pod().at("/topologySpreadConstraints/0");
        assertThat(constraint.get("labelSelector")).isEqualTo(Manifests.yaml("{matchLabels: {a: b}}"));
        assertThat(constraint.get("matchLabelKeys")).isEqualTo(Manifests.yaml("[c]"));
    }

    private static String image(String values) {
        return Chart.with(values).render().container().get("image").stringValue();
    }

    private String appVersion() {
        return defaults.the("Deployment")
                .at("/metadata/labels")
                .get("app.kubernetes.io/version")
                .stringValue();
    }
}
