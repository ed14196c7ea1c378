package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsPropertiesTest {
    private static LimitsProperties with(int newTopics, int newTopicsOfAddress, int topics) {
        return new LimitsProperties(0, 0, 0, 0, newTopics, newTopicsOfAddress, topics);
    }

    @Test
    void topicsTakeNoMoreThanAQuarterOfTheHeapUnlessToldOtherwise() {
        assertThat(with(0, 0, 0).topics()).isEqualTo((int) (Runtime.getRuntime().maxMemory() / 4 / 1024));
        assertThat(with(0, 0, 17).topics()).isEqualTo(17);
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsName() {
        assertThatThrownBy(() -> with(-1, 0, 0))
                .hasMessageStartingWith("pushwire.limits.new-topics-per-minute must be ");
        assertThatThrownBy(() -> with(0, 10_000_001, 0))
                .hasMessageStartingWith("pushwire.limits.new-topics-per-minute-and-address must be ");
        assertThatThrownBy(() -> with(0, 0, -1)).hasMessageStartingWith("pushwire.limits.topics must be ");
    }
}
