package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Position;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdTest {
    private static final Position ONE = new Position("1hpwcgxymz", 40);
    private static final Position OTHER = new Position("era7W20500", 0);

    @Test
    void anIdIsThePositionsOfTheTopics() {
        assertThat(EventId.of(ONE)).isEqualTo("1hpwcgxymz.40");
        assertThat(EventId.of(Arrays.asList(ONE, null, OTHER))).isEqualTo("1hpwcgxymz.40~-~era7W20500.0");
    }

    @Test
    void anIdThatComesBackIsRead() {
        assertThat(EventId.parse(EventId.of(ONE), 1)).containsExactly(ONE);
        List<Position> several = Arrays.asList(ONE, null, OTHER);
        assertThat(EventId.parse(EventId.of(several), 3)).isEqualTo(several);
    }

    @Test
    void aPositionMayBeWrittenAsElsewhere() {
        assertThat(EventId.parse(ONE.toString(), 1)).containsExactly(ONE);
    }

    /** Fetch, "CORS-unsafe request-header byte": a header with one makes a browser ask before it connects again. */
    @Test
    void noByteOfAnIdMakesABrowserAskFirst() {
        assertThat(EventId.of(Arrays.asList(ONE, null, OTHER))).doesNotContainPattern("[\"():<>?@\\[\\\\\\]{}\\x7F]");
    }

    /** Fetch, "CORS-safelisted request-header": "If value's length is greater than 128, then return false." */
    @Test
    void theLongestIdOfAsManyTopicsAsAStreamHasIsNoReasonToAskFirst() {
        Position late = new Position("z".repeat(16), 999_999_999_999_999L);
        assertThat(EventId.of(Arrays.asList(late, late, late)).length()).isLessThanOrEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "17, 1",
        "e.1~e.2, 1",
        "e.1, 2",
        "e.1~, 2",
        "e.-1, 1",
        "e.1~~e.2, 2",
        "., 1",
        "e.1.2, 1",
        "é.1, 1"
    })
    void whatIsNoIdOfTheStreamIsNot(String text, int count) {
        assertThat(EventId.parse(text, count)).isNull();
    }
}
