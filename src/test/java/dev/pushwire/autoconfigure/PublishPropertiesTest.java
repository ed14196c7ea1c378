package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishPropertiesTest {
    @Test
    void thereMayBeNoKeys() {
        assertThat(new PublishProperties(List.of()).keys()).isEmpty();
    }

    @Test
    void aLongKeyIsTaken() {
        assertThat(new PublishProperties(List.of("0123456789abcdef")).keys()).containsExactly("0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "0123456789abcde", "0123456789 abcdef", "0123456789abcdef\n", "0123456789abcdéf"})
    void aKeyThatCannotBeUsedFails(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PublishProperties(List.of(key)));
    }
}
