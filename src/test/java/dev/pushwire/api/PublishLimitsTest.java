package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishLimitsTest {
    @Test
    void aSizeInBytes() {
        assertThat(new PublishLimits(1).maxMessageSize()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void noSizeThatMakesNoSense(int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PublishLimits(bytes))
                .withMessageContaining(" not " + bytes);
    }
}
