package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HeapReportTest {
    private static final HeapBudget BUDGET = new HeapBudget(256 << 20, 64 << 20, true);

    /** Other tests of this JVM start services that log warnings only. */
    @BeforeEach
    void logWhatIsReported() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(HeapReport.class.getName(), LogLevel.INFO);
    }

    private static void report(int maxConnections, boolean contextTakeover) {
        new HeapReport(BUDGET, maxConnections, contextTakeover).report();
    }

    @Test
    void saysHowTheHeapIsDivided(CapturedOutput log) {
        report(9216, false);
        assertThat(log)
                .contains("The heap of 256MB is divided: " + BUDGET.describe())
                .doesNotContain("max-connections", "takeover");
    }

    @Test
    void warnsOfMoreConnectionsThanTheHeapHolds(CapturedOutput log) {
        report(9217, false);
        assertThat(log)
                .contains("pushwire.websocket.max-connections is 9217, but a heap of 256MB has room for about 9216");
    }

    @Test
    void saysWhatTheHeapDoesNotHold(CapturedOutput log) {
        report(9216, true);
        assertThat(log).contains("some 300KB outside the heap for each connection");
    }
}
