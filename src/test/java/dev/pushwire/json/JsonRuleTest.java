package dev.pushwire.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

class JsonRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                " [1, 2.50, 1e400, -0.0]\r\n",
                "\"\\ud83d\\ude00 \uD83D\uDE00\"",
                "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}"
            })
    void isJson(String text) {
        assertThat(JsonRule.isJson(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "\uFEFF{}",
                "{",
                "[1,]",
                "1 2",
                "{} {}",
                "01",
                "NaN",
                "'a'",
                "{\"a\":1,\"a\":2}",
                "[{\"a\":1,\"\\u0061\":2}]",
                "\"\\ud800\"",
                "\"\\ude00\\ud83d\"",
                "{\"\\ud800\":1}"
            })
    void isNoJson(String text) {
        assertThat(JsonRule.isJson(text)).isFalse();
    }

    @Test
    void hasLimits() {
        assertThat(JsonRule.isJson(nested(JsonRule.MAX_DEPTH))).isTrue();
        assertThat(JsonRule.isJson(nested(JsonRule.MAX_DEPTH + 1))).isFalse();
        assertThat(JsonRule.isJson("1".repeat(JsonRule.MAX_NUMBER_LENGTH))).isTrue();
        assertThat(JsonRule.isJson("1".repeat(JsonRule.MAX_NUMBER_LENGTH + 1))).isFalse();
        assertThat(JsonRule.isJson("\"" + "x".repeat(200_000) + "\"")).isTrue();
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2.50,1e400,1E+2,-0.0,12345678901234567890123]",
                "1E+2",
                "null",
                "true",
                "[]",
                "{\"a\":{\"b\":[null,false,{}]},\"c\":\"\uD83D\uDE00 \\\" \\n\"}"
            })
    void aValueIsTakenAsItIs(String json) {
        JsonValue value = valueIn(json);
        assertThat(value).isEqualTo(new JsonValue(false, json));
        assertThat(value.json()).isEqualTo(json);
        assertThat(value.isWhole()).isTrue();
    }

    @Test
    void aStringIsTakenWithoutItsQuotes() {
        assertThat(valueIn("\"a\\\"\\u00e4\"")).isEqualTo(new JsonValue(true, "a\"ä"));
        assertThat(new JsonValue(true, "a\"ä").json()).isEqualTo("\"a\\\"ä\"");
        assertThat(valueIn("\"null\"").isNull()).isFalse();
        assertThat(valueIn("null").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "[\"\\udc00x\"]", "{\"\\ud800\":1}"})
    void halfOfAPairIsSeen(String json) {
        assertThat(valueIn(json).isWhole()).isFalse();
    }

    /** As a field with others before and behind it. */
    private static JsonValue valueIn(String json) {
        try (JsonParser parser = JsonRule.parser("{\"x\":" + "[1],\"data\": " + json + " ,\"y\":2}")) {
            parser.nextToken();
            parser.nextName();
            parser.nextToken();
            parser.skipChildren();
            parser.nextName();
            parser.nextToken();
            JsonValue value = JsonValue.read(parser);
            assertThat(parser.nextName()).isEqualTo("y");
            assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
            return value;
        }
    }
}
