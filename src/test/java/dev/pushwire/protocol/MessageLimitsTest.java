package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageLimitsTest {
    @Test
    void mayBeAnyPositiveNumber() {
        assertThatNoException().isThrownBy(() -> new MessageLimits(1, 1));
        assertThatNoException().isThrownBy(() -> new MessageLimits(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "-1,1", "1,-1"})
    void mustBePositive(int maxMessageSize, int maxFragments) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageLimits(maxMessageSize, maxFragments));
    }
}
