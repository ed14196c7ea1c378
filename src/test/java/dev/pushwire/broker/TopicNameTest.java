package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
}
