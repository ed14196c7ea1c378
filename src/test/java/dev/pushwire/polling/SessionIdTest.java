package dev.pushwire.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.NodeName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static final NodeName NODE = new NodeName("5d2f");

    @Test
    void isReadAsItIsWritten() {
        for (int i = 0; i < 100; i++) { // some have hyphens of their own
            SessionId id = SessionId.random(NODE);
            assertThat(SessionId.parse(id.value())).isEqualTo(id);
            assertThat(id.node()).isEqualTo(NODE);
        }
    }

    @Test
    void isAnotherEachTime() {
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> SessionId.random(NODE).value())
                        .distinct())
                .hasSize(1000);
    }

    @Test
    void doesNotTellItsSecret() {
        SessionId id = SessionId.random(NODE);
        assertThat(id.toString()).isEqualTo("5d2f-" + id.key()).doesNotContain(id.secret());
        assertThat(id.secret()).hasSize(24);
    }

    @Test
    void isAnotherWithAnotherSecret() {
        SessionId id = SessionId.random(NODE);
        assertThat(id.hasSecretOf(SessionId.parse(id.value()))).isTrue();
        assertThat(id.hasSecretOf(new SessionId(NODE, id.key(), "A".repeat(24))))
                .isFalse();
        assertThat(id.hasSecretOf(new SessionId(NODE, id.key(), ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "5d2f",
                "5d2f-",
                "5d2f-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "5d2f-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "5d2f-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.",
                "-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "5d:f-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "012345678901234567890123456789012-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void isNothingElse(String text) {
        assertThat(SessionId.parse(text)).isNull();
    }
}
