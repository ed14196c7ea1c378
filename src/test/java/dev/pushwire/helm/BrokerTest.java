package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.autoconfigure.BrokerProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import tools.jackson.databind.JsonNode;

/** How the pods share topics. */
class BrokerTest {
    @Test
    void eachPodHasItsOwnTopicsUnlessToldOtherwise() {
        Manifests manifests = Chart.with("replicaCount: 2").render();
        assertThat(broker(manifests)).isEqualTo(BrokerProperties.Kind.MEMORY);
        assertThat(Configuration.of(manifests).applicationYaml()).doesNotContain("spring");
    }

    @Test
    void oneRedis() {
        Manifests manifests = redis("host: redis.data, port: 6380, username: pushwire");
        assertThat(broker(manifests)).isEqualTo(BrokerProperties.Kind.REDIS);
        DataRedisProperties properties = properties(manifests);
        assertThat(properties.getHost()).isEqualTo("redis.data");
        assertThat(properties.getPort()).isEqualTo(6380);
        assertThat(properties.getUsername()).isEqualTo("pushwire");
        assertThat(properties.getSsl().isEnabled()).isFalse();
    }

    @Test
    void sentinel() {
        DataRedisProperties properties = properties(Chart.withEverything().render());
        assertThat(properties.getSentinel().getMaster()).isEqualTo("main");
        assertThat(properties.getSentinel().getNodes())
                .containsExactly("sentinel-0.redis:26379", "sentinel-1.redis:26380");
    }

    @Test
    void aCluster() {
        assertThat(properties(redis("cluster: {nodes: ['a:1', 'b:2']}"))
                        .getCluster()
                        .getNodes())
                .containsExactly("a:1", "b:2");
    }

    @Test
    void passwordsAreFilesFromTheSecret() {
        assertThat(secrets(redis("host: redis, existingSecret: mine")))
                .containsExactly("mine redis-password keys/spring.data.redis.password");
        assertThat(secrets(redis("urlKey: url, existingSecret: mine")))
                .containsExactly("mine url keys/spring.data.redis.url");
        assertThat(secrets(Chart.withEverything().render()))
                .contains(
                        "redis redis-password keys/spring.data.redis.password",
                        "redis sentinel-password keys/spring.data.redis.sentinel.password",
                        "redis-authority ca.crt redis/ca.crt");
    }

    /** Where Redis has users without a password, or trusts its network. */
    @Test
    void aSecretMayHaveNoPassword() {
        assertThat(secrets(redis("host: redis, existingSecret: mine, passwordKey: ''")))
                .isEmpty();
    }

    @Test
    void anAuthorityOfOnesOwn() {
        Manifests manifests = Chart.withEverything().render();
        assertThat(properties(manifests).getSsl().isEnabled()).isTrue();
        String bundle = properties(manifests).getSsl().getBundle();
        assertThat(Configuration.of(manifests).property("spring.ssl.bundle.pem." + bundle + ".truststore.certificate"))
                .isEqualTo("file:/etc/pushwire/redis/ca.crt");
        DataRedisProperties.Ssl wellKnown =
                properties(redis("host: redis, tls: {enabled: true}")).getSsl();
        assertThat(wellKnown.isEnabled()).isTrue();
        assertThat(wellKnown.getBundle()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: redis                                          | nothing says where Redis is",
                "redis: {host: redis}                                 | set broker.type to redis",
                "type: redis, redis: {host: a, urlKey: b}             | broker.redis has host and urlKey",
                "type: redis, redis: {urlKey: url}                    | set broker.redis.existingSecret",
                "type: redis, redis: {sentinel: {nodes: ['a:1']}}     | broker.redis.sentinel.master",
            })
    void saysWhatIsMissing(String values, String message) {
        assertThatThrownBy(() -> Chart.with("broker: {" + values + "}").render())
                .hasMessageContaining(message);
    }

    @Test
    void whereRedisIsMayBeASecret() {
        Chart chart = Chart.with("{broker: {type: redis}, secretConfig: {existingSecret: mine}}");
        assertThat(broker(chart.render())).isEqualTo(BrokerProperties.Kind.REDIS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: redis, port: 7000          | 7000",
                "urlKey: url, existingSecret: a   | 6379",
                "cluster: {nodes: ['a:1', 'b:1', 'c:2']} | 1 2",
            })
    void theNetworkPolicyLetsThroughWhatRedisAndNamesNeed(String redis, String ports) {
        JsonNode egress = Chart.with("networkPolicy: {enabled: true}")
                .and("broker: {type: redis, redis: {" + redis + "}}")
                .render()
                .the("NetworkPolicy")
                .at("/spec/egress");
        assertThat(egress).hasSize(2);
        assertThat(egress.at("/0/ports").values())
                .extracting(port -> port.get("port").toString())
                .containsExactly(ports.split(" "));
        assertThat(egress.at("/0").has("to")).isFalse();
        assertThat(egress.at("/1"))
                .isEqualTo(Manifests.yaml("ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]"));
    }

    private static Manifests redis(String values) {
        return Chart.with("broker: {type: redis, redis: {" + values + "}}").render();
    }

    private static BrokerProperties.Kind broker(Manifests manifests) {
        return Configuration.of(manifests)
                .binder()
                .bind("pushwire", BrokerProperties.class)
                .get()
                .broker();
    }

    private static DataRedisProperties properties(Manifests manifests) {
        return Configuration.of(manifests)
                .binder()
                .bind("spring.data.redis", DataRedisProperties.class)
                .get();
    }

    /** Of Secrets that are not the chart's own: name, entry and file. */
    private static List<String> secrets(Manifests manifests) {
        return manifests
                .pod()
                .at("/volumes/0/projected/sources")
                .valueStream()
                .filter(source -> source.has("secret"))
                .map(source -> source.get("secret"))
                .map(secret -> secret.get("name").stringValue() + " "
                        + secret.at("/items/0/key").stringValue() + " "
                        + secret.at("/items/0/path").stringValue())
                .toList();
    }
}
