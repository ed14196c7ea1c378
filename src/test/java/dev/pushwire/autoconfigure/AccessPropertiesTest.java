package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What says who may connect must not be without effect. */
class AccessPropertiesTest {
    private static AccessProperties bound(String... settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        for (String setting : settings) {
            source.putAll(Map.of("pushwire.access." + setting.split("=")[0], setting.split("=", 2)[1]));
        }
        return new Binder(source)
                .bind("pushwire.access", AccessProperties.class)
                .get();
    }

    /** As in Spring Security, where the issuer alone is enough. */
    @ParameterizedTest
    @ValueSource(strings = {"jwt.issuer", "jwt.audience"})
    void aRuleForTokensNeedsAKey(String property) {
        assertThatThrownBy(() -> bound(property + "=push"))
                .rootCause()
                .hasMessageStartingWith("pushwire.access." + property + " must be empty unless tokens are accepted")
                .hasMessageContaining("pushwire.access.jwt.jwk-set-uri");
        assertThat(bound(property + "=", "anonymous=true").anonymous()).isTrue();
        assertThat(bound(property + "=push", "jwt.jwk-set-uri=https://id.example.com/keys")
                        .jwt()
                        .isSet())
                .isTrue();
    }
}
