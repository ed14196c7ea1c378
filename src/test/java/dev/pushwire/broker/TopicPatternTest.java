package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {
    @ParameterizedTest
    @ValueSource(strings = {"news", "news.*", "*.sports", "*", ">", "news.>", "news.*.chess", "*.>", "user:42"})
    void isAPattern(String text) {
        assertThat(new TopicPattern(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "news.", ">.news", "news*", "news.>x", "a..b", "**", "a.>.b", "a b", "news.>>"})
    void isNoPattern(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicPattern(text))
                .withMessage(TopicPattern.RULE);
    }

    @ParameterizedTest
    @CsvSource({
        "news, news, true",
        "news, news.sports, false",
        "news.*, news.sports, true",
        "news.*, news, false",
        "news.*, news.sports.chess, false",
        "news.>, news, false",
        "news.>, news.sports, true",
        "news.>, news.sports.chess, true",
        "*.sports, news.sports, true",
        "*.sports, news.chess, false",
        "*, news, true",
        "*, news.sports, false",
        ">, news.sports.chess, true",
        "*.*.chess, news.sports.chess, true",
    })
    void matches(String pattern, String topic, boolean matches) {
        assertThat(new TopicPattern(pattern).matches(new TopicName(topic))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "news.>, news.*, true",
        "news.*, news.>, false",
        ">, *.*, true",
        "*.a, b.*, false",
        "*.*, b.*, true",
        "a.>, a.b.>, true",
        "a.b.>, a.>, false",
        "a.>, a.>, true",
        "a, a.>, false",
    })
    void covers(String one, String other, boolean covers) {
        assertThat(new TopicPattern(one).covers(new TopicPattern(other))).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        "*.a, b.*, true",
        "*.a, *.b, false",
        "a.>, a.b.c, true",
        "a.>, a, false",
        "a.*, a.b.>, false",
        ">, a, true",
        "a, b, false",
        "a, a, true",
    })
    void overlaps(String one, String other, boolean overlaps) {
        assertThat(new TopicPattern(one).overlaps(new TopicPattern(other))).isEqualTo(overlaps);
        assertThat(new TopicPattern(other).overlaps(new TopicPattern(one))).isEqualTo(overlaps);
    }
}
