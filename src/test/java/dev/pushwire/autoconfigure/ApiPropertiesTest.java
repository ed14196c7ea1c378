package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.api.Scope;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** As the environment sets them: names come in capitals there. */
class ApiPropertiesTest {
    private static ApiProperties bound(Map<String, Object> environment) {
        PropertySource<?> source = new SystemEnvironmentPropertySource("systemEnvironment", environment);
        return new Binder(ConfigurationPropertySources.from(source)).bindOrCreate("pushwire.api", ApiProperties.class);
    }

    @Test
    void thereMayBeNoKeys() {
        assertThat(bound(Map.of()).make().areNone()).isTrue();
    }

    @Test
    void aKeyIsGoodForPublishingUnlessItSaysOtherwise() {
        ApiProperties properties = bound(Map.of(
                "PUSHWIRE_API_KEYS_SHOP_SECRET", "0123456789abcdef",
                "PUSHWIRE_API_KEYS_OPS_SECRET", "fedcba9876543210",
                "PUSHWIRE_API_KEYS_OPS_SCOPES", "read,admin"));
        assertThat(properties.keys()).containsOnlyKeys("shop", "ops");
        assertThat(properties.keys().get("shop").scopes()).containsExactly(Scope.PUBLISH);
        assertThat(properties.keys().get("ops").scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.ADMIN);
        assertThat(properties.make().haveFiles()).isFalse();
    }

    @Test
    void aKeyNeedsASecret() {
        assertThatThrownBy(() -> bound(Map.of("PUSHWIRE_API_KEYS_OPS_SCOPES", "admin")))
                .rootCause()
                .hasMessage("pushwire.api.keys.ops.secret must be set, or pushwire.api.keys.ops.secret-file");
    }

    @Test
    void nothingShowsASecret() {
        assertThat(bound(Map.of("PUSHWIRE_API_KEYS_SHOP_SECRET", "0123456789abcdef"))
                        .toString())
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void keysWithoutNamesAreRefusedInAllTheirForms() {
        for (String variable : new String[] {"PUSHWIRE_PUBLISH_KEYS", "PUSHWIRE_PUBLISH_KEYS_0"}) {
            PropertySource<?> source =
                    new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "0123456789abcdef"));
            assertThatThrownBy(() -> new Binder(ConfigurationPropertySources.from(source))
                            .bind("pushwire.publish", PublishProperties.class))
                    .rootCause()
                    .hasMessageContaining("write pushwire.api.keys.<name>.secret=<key>")
                    .hasMessageNotContaining("0123456789abcdef");
        }
    }

    @Test
    void aFileIsWhereItSays() {
        assertThatThrownBy(() -> bound(Map.of("PUSHWIRE_API_KEYS_OPS_SECRETFILE", "no/such/file")))
                .rootCause()
                .hasMessageContaining(Path.of("no/such/file").toString());
    }
}
