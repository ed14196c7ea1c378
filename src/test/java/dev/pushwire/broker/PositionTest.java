package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void isReadAsItIsWritten() {
        Position position = new Position("k3Xy", 17);
        assertThat(position).hasToString("k3Xy:17");
        assertThat(Position.parse("k3Xy:17")).isEqualTo(position);
        Position largest = new Position("e", 999_999_999_999_999_999L);
        assertThat(Position.parse(largest.toString())).isEqualTo(largest);
    }

    @Test
    void aNewEpochIsUnlikeAnyOther() {
        Position fresh = Position.ofNewEpoch();
        assertThat(Position.parse(fresh.toString())).isEqualTo(fresh);
        assertThat(fresh.offset()).isZero();
        assertThat(Position.ofNewEpoch().epoch()).isNotEqualTo(fresh.epoch());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "e",
                "e:",
                ":1",
                "e:-1",
                "e:+1",
                "e:1x",
                "e: 1",
                "e:1:1",
                "ä:1",
                "a-b:1",
                "e:1000000000000000000",
                "123456789012345678901234567890123:1"
            })
    void isNoPosition(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Position.parse(text))
                .withMessage(Position.RULE);
    }
}
