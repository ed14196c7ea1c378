package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values that the schema lets through, and values that it does not. */
class SchemaTest {
    private static final String KEY = "0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Typos
                "replicacount: 2",
                "image: {tags: v1}",
                "ingress: {enable: true}",
                "ingress: {hosts: [{host: a.example.com, path: /}]}",
                "ingress: {tls: [{secret: tls}]}",
                "service: {targetPort: 8080}",
                "drain: {windows: 20s}",
                "api: {key: {shop: {secret: " + KEY + "}}}",
                "autoscaling: {connections: {targets: 100}}",
                "autoscaling: {targetCPUUtilizationPercentage: 80}",
                "autoscaling: {behavior: {scaledown: {}}}",
                "monitoring: {alert: {enabled: true}}",
                "monitoring: {alerts: {rules: {loopsBusy: {enabled: false}}}}",
                "monitoring: {alerts: {rules: {loopBusy: {treshold: 0.5}}}}",
                "monitoring: {alerts: {rules: {scrapeAbsent: {threshold: 1}}}}",
                "probes: {liveness: {path: /health}}",
                "resources: {limit: {memory: 1Gi}}",
                "affinity: {nodeaffinity: {}}",
                "serviceAccount: {annotation: {}}",
                "httpRoute: {timeouts: {requests: 0s}}",
                "networkPolicy: {from: []}",
                "jvm: {opts: []}",
                "topics: [{name: news, history: 5}]",
                "topics: [{history-size: 5}]",
                "broker: {redis: {url: 'redis://redis'}}",
                "broker: {redis: {password: secret}}",
                "access: {jwt: {secret: '" + KEY + "'}}",
                "limits: {messagesPerMinute: 5}",
                "autoscaling: {keda: {enable: true}}",
                "autoscaling: {keda: {authenticationRef: {secret: a}}}",
                "autoscaling: {keda: {triggers: [{type: cpu}]}}",
                "demo: {enable: true}",
                "stream: {enable: false}",
                "push: {pollTimeout: 30s}",
                "socketio: {pingintervall: 25s}",
                "extraObjects: [{kind: ConfigMap}]",
                "proxy: {url: 'http://proxy:3128'}",
                // Wrong types
                "broker: redis",
                "topics: {news: {}}",
                "replicaCount: two",
                "replicaCount: '2'",
                "replicaCount: -1",
                "maxConnections: 0",
                "maxConnections: 1.5",
                "image: pushwire:1",
                "ingress: {enabled: 'true'}",
                "ingress: {annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: 3600}}",
                "podLabels: [a]",
                "podLabels: {a: 1}",
                "config: 'pushwire.websocket.max-fragments=1'",
                "extraEnv: {TZ: UTC}",
                "extraEnv: [{value: UTC}]",
                "extraVolumeMounts: [{name: a}]",
                "sidecars: [{image: busybox}]",
                "tolerations: {key: a}",
                "jvm: {options: '-Xmx1g'}",
                "demo: false",
                "extraObjects: {}",
                "hostAliases: [{hostnames: [a]}]",
                // Values that cannot be
                "proxy: {address: 'http://proxy:3128'}",
                "proxy: {address: proxy}",
                "proxy: {exceptions: ['a|b']}",
                "dnsPolicy: Cluster",
                "autoscaling: {keda: {prometheus: 'prometheus:9090'}}",
                "image: {digest: 'sha256:123'}",
                "image: {tag: 'v1:latest'}",
                "image: {pullPolicy: Sometimes}",
                "drain: {window: 20}",
                "drain: {window: 20ms}",
                "drain: {window: 1m30s}",
                "drain: {window: PT20S}",
                "drain: {margin: ''}",
                "socketio: {pingInterval: 25}",
                "socketio: {pingInterval: 0s}",
                "socketio: {pingTimeout: 61m}",
                "socketio: {connectTimeout: 2h}",
                "socketio: {maxRooms: 0}",
                "push: {maxSubscriptions: 0}",
                "push: {maxPatterns: -1}",
                "push: {http: {pollTimeout: 30}}",
                "push: {http: {pollTimeout: 0s}}",
                "push: {http: {pollTimeout: 601s}}",
                "push: {http: {pollTimeout: 11m}}",
                "push: {http: {maxPolled: -1}}",
                "stream: {enabled: 'yes'}",
                "api: {keys: {shop: {secret: tooshort}}}",
                "api: {keys: {shop: {secret: '" + KEY + " with space'}}}",
                "api: {keys: {shop: {secret: '" + KEY + "', scopes: [all]}}}",
                "api: {keys: {shop: {secret: '" + KEY + "', scopes: []}}}",
                "api: {keys: {a.b: {secret: '" + KEY + "'}}}",
                "api: {keys: [" + KEY + "]}",
                "service: {type: ExternalName}",
                "broker: {type: kafka}",
                "broker: {redis: {host: 'redis://redis'}}",
                "broker: {redis: {cluster: {nodes: [redis]}}}",
                "broker: {redis: {tls: {existingSecret: authority}}}",
                "topics: [{name: 'a b'}]",
                "topics: [{name: news, history-size: 1000001}]",
                "topics: [{name: news, history-ttl: 5}]",
                "topics: [{name: news, presence: all}]",
                "topics: [{name: news, slow-consumers: wait}]",
                "access: {anonymous: 'no'}",
                "access: {cookie: 'a b'}",
                "access: {jwt: {jwkSetUri: id.example.com}}",
                "access: {jwt: {jwkSetUri: 'https://user:password@id.example.com'}}",
                "limits: {messagesPerSecond: -1}",
                "service: {port: 70000}",
                "service: {externalTrafficPolicy: Near}",
                "containerPorts: {management: 0}",
                "strategy: OnDelete",
                "maxSurge: 0",
                "maxSurge: 0%",
                "maxSurge: 120%",
                "podDisruptionBudget: {maxUnavailable: half}",
                "ingress: {hosts: [{host: a.example.com, paths: []}]}",
                "ingress: {hosts: [{host: a.example.com, paths: [{path: topics}]}]}",
                "ingress: {enabled: true, hosts: []}",
                "httpRoute: {enabled: true}",
                "httpRoute: {timeouts: {request: forever}}",
                "monitoring: {monitor: {kind: Monitor}}",
                "monitoring: {monitor: {interval: often}}",
                "monitoring: {alerts: {rules: {loopBusy: {for: soon}}}}",
                "monitoring: {alerts: {rules: {loopBusy: {threshold: high}}}}",
                "resources: {limits: {memory: 1 GB}}",
                "tmpSizeLimit: big",
                "jvm: {options: [Xmx1g]}",
                "jvm: {options: ['-Da=b -Dc=d']}",
                "jvm: {maxRamPercentage: 120}",
                "topologySpreadConstraints: [{topologyKey: zone}]",
                "fullnameOverride: Push_Wire",
            })
    void refuses(String values) {
        Chart chart = Chart.with(values);
        assertThatThrownBy(chart::render).hasMessageContaining("values don't meet the specifications of the schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "global: {anything: goes}",
                "replicaCount: 0",
                "replicaCount: null",
                "config: {spring: {any: [thing, 1, true]}}",
                "drain: {window: 1h, preStop: 0s}",
                "api: {keys: {shop: {secret: '" + KEY
                        + "'}, ops: {secret: '!\"#$%&()*+,-./:;<=>?@~', scopes: [read]}}}",
                "resources: {limits: {cpu: 2, memory: 1.5Gi}, requests: {cpu: 250m}}",
                "image: {tag: 1.2.3-rc.1_4}",
                "maxSurge: 100%",
                "ingress: {annotations: null}",
                "ingress: {enabled: true, hosts: [{paths: [{path: /}]}]}",
                "httpRoute: {timeouts: {request: 1h30m}}",
                "httpRoute: {timeouts: {request: null}}",
                "monitoring: {alerts: {rules: {loopBusy: {for: 1m30s, threshold: 1}}}}",
                "service: {nodePort: null}",
                "topics: [{name: '*.>', history-size: 0, history-ttl: 365d}, {name: a}]",
                "broker: {type: redis, redis: {cluster: {nodes: ['[2001:db8::1]:6379']}}}",
            })
    void takes(String values) {
        assertThat(Chart.with(values).render().all()).isNotEmpty();
    }

    @Test
    void knowsEachValueThereIsAndNoOther() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(Chart.DIRECTORY.resolve("values.schema.json")));
        JsonNode values = Manifests.yaml(Files.readString(Chart.DIRECTORY.resolve("values.yaml")));
        List<String> known = new ArrayList<>();
        collect(schema, schema, values, "", known);
        assertThat(known).isEmpty();
    }

    /** Walks both where the schema is closed; notes what only one of them has. */
    private static void collect(
            JsonNode root, JsonNode schema, JsonNode values, String path, List<String> differences) {
        if (schema.has("$ref")) {
            collect(root, root.at(schema.get("$ref").stringValue().substring(1)), values, path, differences);
            return;
        }
        if (!schema.has("properties") || !values.isObject()) {
            return;
        }
        TreeSet<String> names = new TreeSet<>(values.propertyNames());
        boolean isOurs = schema.has("additionalProperties") && !asKubernetesHasIt(path);
        if (isOurs) {
            names.addAll(schema.get("properties").propertyNames());
        }
        for (String name : names) {
            JsonNode property = schema.get("properties").get(name);
            if (property == null || isOurs && !values.has(name) && !OPTIONAL.contains(path + name)) {
                differences.add(path + name);
            } else if (values.has(name)) {
                collect(root, property, values.get(name), path + name + ".", differences);
            }
        }
    }

    /** Read if it is there, but not worth a line in values.yaml. */
    private static final List<String> OPTIONAL = List.of(
            "global",
            "enabled",
            "autoscaling.behavior.scaleUp",
            "autoscaling.keda.authenticationRef.kind",
            "autoscaling.keda.authenticationRef.name",
            "httpRoute.timeouts.backendRequest");

    private static boolean asKubernetesHasIt(String path) {
        return path.startsWith("probes.") || path.endsWith("resources.") || path.equals("affinity.");
    }
}
