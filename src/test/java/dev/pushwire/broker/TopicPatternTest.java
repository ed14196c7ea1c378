package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
        "*, >, false",
        "a.b, a.bc, false",
        "a.bc, a.b, false",
    })
    void covers(String one, String other, boolean covers) {
        assertThat(new TopicPattern(one).covers(new TopicPattern(other))).isEqualTo(covers);
    }

    /** Matches part by part, as the rule says. */
    private static boolean matches(List<String> pattern, List<String> topic) {
        if (pattern.isEmpty() || topic.isEmpty()) {
            return pattern.isEmpty() && topic.isEmpty();
        }
        return switch (pattern.getFirst()) {
            case ">" -> true;
            case "*" -> matches(rest(pattern), rest(topic));
            case String part -> part.equals(topic.getFirst()) && matches(rest(pattern), rest(topic));
        };
    }

    private static List<String> rest(List<String> parts) {
        return parts.subList(1, parts.size());
    }

    private static List<String> random(Random random, String... parts) {
        return Stream.generate(() -> parts[random.nextInt(parts.length)])
                .limit(1 + random.nextInt(4))
                .toList();
    }

    @Test
    void matchesAsTheRuleSays() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            List<String> pattern = random(random, "a", "b", "ab", "*", "*", ">");
            List<String> topic = random(random, "a", "b", "ab");
            boolean valid = pattern.indexOf(">") == -1 || pattern.indexOf(">") == pattern.size() - 1;
            String text = String.join(".", pattern);
            assertThat(TopicPattern.isValid(text)).isEqualTo(valid);
            if (valid) {
                assertThat(new TopicPattern(text).matches(new TopicName(String.join(".", topic))))
                        .as("%s %s", text, topic)
                        .isEqualTo(matches(pattern, topic));
            }
        }
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
        "a.b, a.bc, false",
        "a.*.c, a.b.>, true",
        "a.b, a.b.c, false",
    })
    void overlaps(String one, String other, boolean overlaps) {
        assertThat(new TopicPattern(one).overlaps(new TopicPattern(other))).isEqualTo(overlaps);
        assertThat(new TopicPattern(other).overlaps(new TopicPattern(one))).isEqualTo(overlaps);
    }
}
