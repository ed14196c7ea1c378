package dev.pushwire.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {
    /** With fewer checks, a ping could come later than its client waits for it. */
    @ParameterizedTest
    @CsvSource({"25000, 20000, 1000", "1000, 20000, 250", "2000, 400, 100", "300, 200, 50", "10, 10, 10"})
    void looksOftenEnoughForItsPings(long pingInterval, long pingTimeout, long sweepInterval) {
        EngineSettings settings = new EngineSettings(
                EnumSet.allOf(EngineSettings.Transport.class),
                true,
                Duration.ofMillis(pingInterval),
                Duration.ofMillis(pingTimeout),
                1000);
        assertThat(settings.sweepInterval()).isEqualTo(Duration.ofMillis(sweepInterval));
    }
}
