package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "TEXT/Event-Stream;charset=utf-8",
                "text/event-stream, */*",
                "*/*, text/event-stream",
                "text/event-stream, application/json",
                "application/json;q=0.9, text/event-stream",
                "text/event-stream;q=0.5, application/json;q=0.4, */*",
                "application/json;q=0, text/event-stream;q=0.1"
            })
    void whoNamesEventsAndWantsNothingMoreGetsThem(String accept) {
        assertThat(Preference.isForEvents(List.of(accept))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/*",
                "application/json",
                "application/json, text/event-stream",
                "application/json, text/event-stream;q=0.9",
                "text/event-stream;q=0.9, */*",
                "text/event-stream;q=0",
                "text/event-stream;q=0.5, application/*",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "text/event-stream-x",
                "text/event-stream;q=abc",
                "event-stream",
                ""
            })
    void allOthersGetJson(String accept) {
        assertThat(Preference.isForEvents(List.of(accept))).isFalse();
    }

    @Test
    void linesCountTogether() {
        assertThat(Preference.isForEvents(List.of())).isFalse();
        assertThat(Preference.isForEvents(List.of("application/json;q=0.5", "text/event-stream")))
                .isTrue();
        assertThat(Preference.isForEvents(List.of("text/event-stream;q=0.5", "application/json")))
                .isFalse();
    }
}
