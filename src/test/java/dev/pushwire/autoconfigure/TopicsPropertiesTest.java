package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The rules for topics, as the configuration has them. */
class TopicsPropertiesTest {
    private static TopicsProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("pushwire", TopicsProperties.class)
                .get();
    }

    @Test
    void aRuleHasAName() {
        assertThat(bound(Map.of("pushwire.topics[0].name", "news.*")).topics()).hasSize(1);
        assertThatThrownBy(() -> bound(Map.of("pushwire.topics[0].subscribe", "none")))
                .rootCause()
                .hasMessage("pushwire.topics: a rule has no 'name'. It is a topic or a pattern");
    }
}
