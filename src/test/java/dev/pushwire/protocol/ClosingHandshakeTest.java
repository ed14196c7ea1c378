package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455, sections 7.1.2 to 7.1.4. */
class ClosingHandshakeTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            STATE,       sent,     received, may send
            NOT_STARTED, SENT,     RECEIVED, true
            SENT,        SENT,     COMPLETE, false
            RECEIVED,    COMPLETE, RECEIVED, true
            COMPLETE,    COMPLETE, COMPLETE, false
            """)
    void transitions(ClosingHandshake state, ClosingHandshake sent, ClosingHandshake received, boolean maySend) {
        assertThat(state.sent()).isEqualTo(sent);
        assertThat(state.received()).isEqualTo(received);
        assertThat(state.maySend()).isEqualTo(maySend);
    }
}
