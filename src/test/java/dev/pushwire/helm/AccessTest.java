package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.autoconfigure.AccessProperties;
import dev.pushwire.autoconfigure.LimitsProperties;
import dev.pushwire.autoconfigure.TopicsProperties;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.OverflowPolicy;
import dev.pushwire.push.PresencePolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;

/** The access settings, as the service itself reads them. */
class AccessTest {
    private final Binder everything =
            Configuration.of(Chart.withEverything().render()).binder();

    @Test
    void tokens() {
        AccessProperties access =
                everything.bind("pushwire.access", AccessProperties.class).get();
        assertThat(access.anonymous()).isFalse();
        assertThat(access.cookie()).isEqualTo("session");
        assertThat(access.jwt().jwkSetUri()).isEqualTo(URI.create("https://id.example.com/keys"));
        assertThat(access.jwt().issuer()).isEqualTo("https://id.example.com");
        assertThat(access.jwt().audience()).isEqualTo("push");
    }

    @Test
    void limits() {
        assertThat(everything.bind("pushwire.limits", LimitsProperties.class).get())
                .isEqualTo(new LimitsProperties(1000, 20, 1_000_000, 5000, 3000, 30_000, 50_000));
    }

    @Test
    void topics() {
        assertThat(everything.bind("pushwire", TopicsProperties.class).get().topics())
                .isEqualTo(List.of(new TopicsProperties.Rule(
                        "news.>",
                        1_000_000,
                        Duration.ofMinutes(10),
                        PresencePolicy.EVENTS,
                        AccessRule.CLAIMS,
                        AccessRule.NONE,
                        OverflowPolicy.CONFLATE)));
    }

    @Test
    void withoutValuesEverybodyMayConnectAndAsOftenAsTheyLike() {
        Binder defaults = Configuration.of(Chart.withDefaults().render()).binder();
        AccessProperties access =
                defaults.bind("pushwire.access", AccessProperties.class).get();
        assertThat(access.anonymous()).isTrue();
        assertThat(access.cookie()).isNull();
        assertThat(access.jwt().issuer()).isNull();
        assertThat(defaults.bind("pushwire.limits", LimitsProperties.class).get())
                .isEqualTo(new LimitsProperties(0, 0, 0, 100_000, 6000, 100_000, 0));
        assertThat(defaults.bindOrCreate("pushwire", TopicsProperties.class).topics())
                .isEmpty();
    }

    @Test
    void theSecretOfTokensIsAFile() {
        Manifests manifests = Chart.with("access: {jwt: {existingSecret: tokens, secretKey: hs256}}")
                .render();
        assertThat(manifests.pod().at("/volumes/0/projected/sources/1/secret"))
                .isEqualTo(Manifests.yaml("{name: tokens, items: [{key: hs256, path: jwt/secrets}]}"));
        assertThat(Configuration.of(manifests).property("pushwire.access.jwt.secret-file"))
                .isEqualTo("/etc/pushwire/jwt/secrets");
    }

    @Test
    void tokensHaveOneKindOfKey() {
        Chart chart = Chart.with("access: {jwt: {existingSecret: tokens, jwkSetUri: 'https://id.example.com/keys'}}");
        assertThatThrownBy(chart::render).hasMessageContaining("are both set: tokens are signed with one kind of key");
    }

    @Test
    void whoeverLetsNobodyInIsTold() {
        assertThatThrownBy(() -> Chart.with("access: {anonymous: false}").render())
                .hasMessageContaining("no token is accepted: set access.jwt.existingSecret or access.jwt.jwkSetUri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access: {jwt: {existingSecret: tokens}}",
                "access: {jwt: {jwkSetUri: 'https://id.example.com/keys'}}",
                "secretConfig: {existingSecret: mine}",
                "secretConfig: {values: {pushwire.access.jwt.secret: 0123456789abcdef0123456789abcdef}}",
                "config: {pushwire: {access: {jwt: {jwk-set-uri: 'https://id.example.com/keys'}}}}",
            })
    void theKeyMayComeInAnyWay(String values) {
        Manifests manifests =
                Chart.with("access: {anonymous: false}").and(values).render();
        assertThat(Configuration.of(manifests).property("pushwire.access.anonymous"))
                .isEqualTo("false");
    }

    /** Without a key no token is looked at, and the rule would keep nobody out. */
    @ParameterizedTest
    @ValueSource(strings = {"issuer", "audience"})
    void aRuleForTokensNeedsAKey(String rule) {
        Chart chart = Chart.with("access: {jwt: {" + rule + ": push}}");
        assertThatThrownBy(chart::render)
                .hasMessageContaining("no token is accepted: set access.jwt.existingSecret or access.jwt.jwkSetUri");
        chart.and("secretConfig: {existingSecret: mine}").render();
    }

    @Test
    void theIssuersAuthorityIsAFile() {
        Manifests manifests = Chart.with("""
                        access:
                          jwt: {jwkSetUri: 'https://id.example.com/keys', authority: {existingSecret: ours, caKey: root.pem}}
                        """).render();
        assertThat(manifests.pod().at("/volumes/0/projected/sources/1/secret"))
                .isEqualTo(Manifests.yaml("{name: ours, items: [{key: root.pem, path: issuer/ca.crt}]}"));
        Configuration configuration = Configuration.of(manifests);
        assertThat(configuration.property("pushwire.access.jwt.ssl-bundle")).isEqualTo("issuer");
        assertThat(configuration.property("spring.ssl.bundle.pem.issuer.truststore.certificate"))
                .isEqualTo("file:/etc/pushwire/issuer/ca.crt");
    }

    @Test
    void anAuthorityIsForAnIssuer() {
        assertThatThrownBy(() -> Chart.with("access: {jwt: {authority: {existingSecret: ours}}}")
                        .render())
                .hasMessageContaining("access.jwt.authority is set, but not access.jwt.jwkSetUri");
    }
}
