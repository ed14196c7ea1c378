package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"news", "a", "0", "News.Sports", "user:42", "a-b_c", "-", "_", ":", "a.b.c.d", "news.-"})
    void valid(String name) {
        assertThat(TopicName.isValid(name)).isTrue();
        assertThat(new TopicName(name).value()).isEqualTo(name);
        assertThat(new TopicName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".news",
                "news.",
                "news..sports",
                "*",
                "news.*",
                ">",
                "news.>",
                "a b",
                " news",
                "news\n",
                "\0",
                "a/b",
                "a\\b",
                "a%20b",
                "a;b",
                "a?b",
                "a#b",
                "a@b",
                "a,b",
                "ä",
                "nеws",
                "é",
                "😀",
                "٣",
                "a\u007f"
            })
    void invalid(String name) {
        assertThat(TopicName.isValid(name)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicName(name))
                .withMessage(TopicName.RULE);
    }

    @Test
    void upTo128Characters() {
        assertThat(TopicName.isValid("a".repeat(128))).isTrue();
        assertThat(TopicName.isValid("a".repeat(129))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ada.l@example.com, ada:2El:40example:2Ecom",
        "a/b, a:2Fb",
        "a:2Eb, a:3A2Eb",
        "*, :2A",
        "ä_-Z9, :C3:A4_-Z9",
    })
    void anyTextCanBeAPart(String text, String part) {
        assertThat(TopicName.part(text)).isEqualTo(part);
        assertThat(TopicName.isValid("user." + part + ".inbox")).isTrue();
    }

    @Test
    void nothingIsNoPart() {
        assertThatIllegalArgumentException().isThrownBy(() -> TopicName.part(""));
    }

    @Test
    void internalNamesAreNobodyElses() {
        TopicName internal = TopicName.internal("socketio.:2Fchat");
        assertThat(internal.isInternal()).isTrue();
        assertThat(TopicName.of(internal.value())).isEqualTo(internal);
        assertThat(TopicPattern.exactly(internal).topic()).isEqualTo(internal);
        assertThat(TopicName.of("news").isInternal()).isFalse();
        assertThat(TopicName.isValid(internal.value())).isFalse();
        assertThat(TopicPattern.isValid(internal.value())).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicName(internal.value()));
        assertThatIllegalArgumentException().isThrownBy(() -> TopicName.internal("a b"));
        PatternIndex<String> index = new PatternIndex<>();
        for (String wildcard : List.of(">", "*", "*.*", "*.>")) {
            assertThat(new TopicPattern(wildcard).matches(internal)).isFalse();
            index.compute(new TopicPattern(wildcard), absent -> wildcard);
        }
        assertThat(index.matching(internal)).isEmpty();
    }
}
