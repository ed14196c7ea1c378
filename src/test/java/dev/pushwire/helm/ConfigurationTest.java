package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.autoconfigure.DrainProperties;
import dev.pushwire.autoconfigure.PushProperties;
import dev.pushwire.autoconfigure.SocketIoProperties;
import dev.pushwire.autoconfigure.StreamProperties;
import dev.pushwire.autoconfigure.WebSocketProperties;
import dev.pushwire.engineio.EngineSettings;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.unit.DataSize;

/** application.yaml, and what must not be in it. */
class ConfigurationTest {
    @Test
    void theChartSaysWhereToListenAndWhenToStop() {
        Configuration configuration =
                Configuration.of(Chart.with("{containerPorts: {http: 8000, management: 9000}, maxConnections: 1000000}")
                        .render());
        assertThat(configuration.property("server.port")).isEqualTo("8000");
        assertThat(configuration.property("management.server.port")).isEqualTo("9000");
        assertThat(configuration.property("pushwire.websocket.max-connections")).isEqualTo("1000000");
        assertThat(configuration.property("pushwire.drain.window")).isEqualTo("20s");
    }

    @Test
    void whatTheUserSaysWins() {
        Configuration configuration = Configuration.of(
                Chart.with("config: {server.forward-headers-strategy: none, pushwire: {websocket: {max-fragments:"
                                + " 2000000}}}")
                        .render());
        assertThat(configuration.property("server.forward-headers-strategy")).isEqualTo("none");
        assertThat(configuration.property("pushwire.websocket.max-fragments")).isEqualTo("2000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{server: {port: 1}}                                 | containerPorts.http",
                "{pushwire: {api: {port: 1}}}                        | containerPorts.api",
                "{server.port: 1}                                    | containerPorts.http",
                "{management: {server: {port: 1}}}                   | containerPorts.management",
                "{management: {server.port: 1}}                      | containerPorts.management",
                "{pushwire: {drain: {window: 1s}}}                   | drain.window",
                "{pushwire: {stream: {enabled: false}}}              | stream.enabled",
                "{pushwire.push.enabled: false}                      | push.enabled",
                "{pushwire.socketio.enabled: false}                  | socketio.enabled",
                "{pushwire: {websocket: {max-connections: 1}}}       | maxConnections",
                "{pushwire: {websocket: {maxConnections: 1}}}        | maxConnections",
                "{pushwire.websocket.max_connections: 1}             | maxConnections",
                "{pushwire: {publish: {keys: [a]}}}                  | api.keys",
                "{'pushwire.publish.keys[0]': a}                     | api.keys",
                "{pushwire: {api: {keys: {shop: {secret: a}}}}}      | api.keys",
                "{pushwire.api.keys.shop.secret: a}                  | api.keys",
                "{pushwire: {broker: redis}}                         | broker.type",
                "{spring: {data: {redis: {host: a}}}}                | broker.redis.host",
                "{spring.data.redis: {port: 1}}                      | broker.redis.port",
                "{spring.data.redis.cluster.nodes: [a:1]}            | broker.redis.cluster.nodes",
                "{spring.data.redis.sentinel: {nodes: [a:1]}}        | broker.redis.sentinel.nodes",
                "{spring.data.redis.sentinel: {master: a}}           | broker.redis.sentinel.master",
            })
    void whatHasAValueOfItsOwnIsRefused(String config, String instead) {
        assertThatThrownBy(() -> Chart.with("config: " + config).render())
                .hasMessageContaining("config sets ")
                .hasMessageContaining(instead);
        assertThatThrownBy(() ->
                        Chart.with("secretConfig: {values: " + config + "}").render())
                .hasMessageContaining("secretConfig.values sets ")
                .hasMessageContaining(instead);
    }

    @ParameterizedTest
    @CsvSource({
        "spring.data.redis.password,          broker.redis.existingSecret",
        "spring.data.redis.sentinel.password, broker.redis.existingSecret",
        "spring.data.redis.url,               broker.redis.urlKey",
        "pushwire.access.jwt.secret,          access.jwt.existingSecret",
    })
    void whatIsSecretIsTakenOnlyWhereNobodyReadsIt(String property, String instead) {
        String values = "{values: {%s: hidden-value}}".formatted(property);
        assertThatThrownBy(() -> Chart.with("config: {%s: hidden-value}".formatted(property))
                        .render())
                .hasMessageContaining("config sets " + property + " where many may read it: set " + instead);
        assertThat(Configuration.of(Chart.with("secretConfig: " + values).render())
                        .applicationYaml())
                .doesNotContain("hidden-value");
    }

    /** The service itself reads it, so a property cannot be renamed on one side only. */
    @Test
    void theServiceUnderstandsWhatTheChartSays() {
        Configuration configuration = Configuration.of(
                Chart.with("{drain: {window: 2m}, maxConnections: 777}").render());
        Binder binder = configuration.binder();
        assertThat(binder.bind("pushwire.drain", DrainProperties.class).get().window())
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(binder.bind("pushwire.websocket", WebSocketProperties.class)
                        .get()
                        .maxConnections())
                .isEqualTo(777);
    }

    @Test
    void theDoorsAreByDefaultAsTheyAreWithoutAChart() {
        Binder binder = Configuration.of(Chart.withDefaults().render()).binder();
        Binder nothing = new Binder();
        assertThat(binder.bind("pushwire.push", PushProperties.class).get())
                .isEqualTo(nothing.bindOrCreate("pushwire.push", PushProperties.class));
        assertThat(binder.bind("pushwire.stream", StreamProperties.class).get())
                .isEqualTo(nothing.bindOrCreate("pushwire.stream", StreamProperties.class));
        assertThat(binder.bind("pushwire.socketio", SocketIoProperties.class).get())
                .isEqualTo(nothing.bindOrCreate("pushwire.socketio", SocketIoProperties.class));
    }

    @Test
    void theServiceUnderstandsWhatTheChartSaysOfTheDoors() {
        Binder binder = Configuration.of(Chart.with("""
            push:
              {enabled: false, maxSubscriptions: 1000000, maxPatterns: 0, traceContext: true,
               http: {enabled: false, pollTimeout: 10m, maxPolled: 1000000}}
            stream: {enabled: false}
            socketio:
              {enabled: false, pingInterval: 1m, pingTimeout: 7s, connectTimeout: 1h, ackTimeout: 999s,
               maxNamespaces: 1000000, maxRooms: 2,
               recovery: {maxDisconnection: 5m, historySize: 7, maxSessions: 1000000, maxSessionSize: 9KB}}
            """).render()).binder();
        assertThat(binder.bind("pushwire.push", PushProperties.class).get())
                .isEqualTo(new PushProperties(
                        false, 1_000_000, 0, true, new PushProperties.Http(false, Duration.ofMinutes(10), 1_000_000)));
        assertThat(binder.bind("pushwire.stream", StreamProperties.class).get().enabled())
                .isFalse();
        assertThat(binder.bind("pushwire.socketio", SocketIoProperties.class).get())
                .isEqualTo(new SocketIoProperties(
                        false,
                        Set.of(EngineSettings.Transport.values()),
                        true,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(7),
                        Duration.ofHours(1),
                        Duration.ofSeconds(999),
                        1_000_000,
                        2,
                        new SocketIoProperties.Recovery(Duration.ofMinutes(5), 7, 1_000_000, DataSize.ofKilobytes(9))));
    }

    @Test
    void aDrainWindowIsAnHourAtMost() {
        assertThatThrownBy(() -> Chart.with("drain: {window: 61m}").render()).hasMessageContaining("an hour at most");
    }

    @Test
    void secretsAreInTheSecretAndNowhereElse() {
        Manifests manifests = Chart.withEverything().render();
        assertThat(manifests.the("Secret").toString()).contains("hidden-key-0123456789", "hidden-configuration");
        assertThat(manifests.all())
                .filteredOn(manifest -> !Manifests.kind(manifest).equals("Secret"))
                .allSatisfy(manifest -> assertThat(manifest.toString()).doesNotContain("hidden-"));
    }

    @Test
    void withoutSecretsThereIsNone() {
        Manifests manifests = Chart.withDefaults().render();
        assertThat(manifests.ofKind("Secret")).isEmpty();
        assertThat(manifests.pod().at("/volumes/0/projected/sources")).hasSize(1);
        assertThat(manifests.environment("SPRING_CONFIG_ADDITIONAL_LOCATION")).isEqualTo("file:/etc/pushwire/config/");
    }

    @Test
    void secretsOfOthersAreUsedAsTheyAre() {
        Manifests manifests = Chart.with("""
            api: {keys: {shop: {existingSecret: keys, secretKey: of.push}, ops: {existingSecret: other}}}
            secretConfig: {existingSecret: more}
            """).render();
        assertThat(manifests.ofKind("Secret")).isEmpty();
        assertThat(manifests.pod().at("/volumes/0/projected/sources/1/secret"))
                .isEqualTo(Manifests.yaml(
                        "{name: more, items: [{key: application.yaml, path: secret/application.yaml}]}"));
        assertThat(manifests.pod().at("/volumes/0/projected/sources/2/secret"))
                .isEqualTo(Manifests.yaml("{name: other, items: [{key: key, path: api-keys/ops}]}"));
        assertThat(manifests.pod().at("/volumes/0/projected/sources/3/secret"))
                .isEqualTo(Manifests.yaml("{name: keys, items: [{key: of.push, path: api-keys/shop}]}"));
        assertThat(manifests.environment("SPRING_CONFIG_ADDITIONAL_LOCATION"))
                .isEqualTo("file:/etc/pushwire/config/,file:/etc/pushwire/secret/");
    }

    @Test
    void aKeyIsSomewhere() {
        assertThatThrownBy(() ->
                        Chart.with("api: {keys: {shop: {scopes: [read]}}}").render())
                .hasMessageContaining("api.keys.shop has no key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api: {keys: {shop: {secret: 0123456789abcdef, existingSecret: mine}}}",
                "secretConfig: {values: {a: b}, existingSecret: mine}"
            })
    void oneSecretOrTheOther(String values) {
        assertThatThrownBy(() -> Chart.with(values).render()).hasMessageContaining("are both set");
    }
}
