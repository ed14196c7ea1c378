package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            PING INTERVAL, PONG TIMEOUT, CLOSE TIMEOUT, IDLE TIMEOUT, MAX LIFETIME, SWEEP INTERVAL
            PT25S,         PT10S,        PT10S,         PT0S,         PT0S,         PT1S
            PT25S,         PT2S,         PT10S,         PT0S,         PT0S,         PT0.5S
            PT25S,         PT10S,        PT0.4S,        PT0S,         PT0S,         PT0.1S
            PT1S,          PT10S,        PT10S,         PT0S,         PT0S,         PT0.25S
            PT0S,          PT2S,         PT10S,         PT0S,         PT0S,         PT0.5S
            PT25S,         PT10S,        PT10S,         PT2S,         PT0S,         PT0.5S
            PT25S,         PT10S,        PT10S,         PT0S,         PT2S,         PT0.5S
            PT25S,         PT0.001S,     PT10S,         PT0S,         PT0S,         PT0.01S
            PT25S,         PT0.000001S,  PT10S,         PT0S,         PT0S,         PT0.01S
            """)
    void deadlinesAreLookedAtFourTimesInTheShortest(
            Duration ping, Duration pong, Duration close, Duration idle, Duration lifetime, Duration sweep) {
        Limits limits = new Limits(TestConnection.LIMITS.messages(), 1, ping, pong, close, idle, lifetime);
        assertThat(limits.sweepInterval()).isEqualTo(sweep);
    }
}
