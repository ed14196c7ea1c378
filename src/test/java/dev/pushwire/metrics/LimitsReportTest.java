package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Limits;
import dev.pushwire.protocol.MessageLimits;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LimitsReportTest {
    @AutoClose
    private final EventLoopGroup loops =
            new EventLoopGroup("node", 1, Duration.ofMillis(50), new CompressionSettings(256, 6));

    private String describe(Limits limits, Duration window) {
        return new LimitsReport(loops, new ConnectionRegistry(5000), limits, window).describe();
    }

    private static Limits limits(int messageSize, int outbox, Duration ping, Duration idle, Duration lifetime) {
        return new Limits(
                new MessageLimits(messageSize, 1000),
                outbox,
                ping,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                idle,
                lifetime);
    }

    @Test
    void namesEveryLimit() {
        assertThat(describe(
                        limits(1 << 20, 64 << 10, Duration.ofSeconds(25), Duration.ofMinutes(5), Duration.ofHours(1)),
                        Duration.ofSeconds(20)))
                .isEqualTo(
                        "at most 5000 connections on 1 event loop, messages up to 1MB in 1000 fragments, outboxes up to 64KB, "
                                + "a ping every 25s to be answered within 10s, idle timeout 300s, closed after 3600s, "
                                + "drain window 20s");
    }

    @Test
    void saysWhatIsOff() {
        assertThat(describe(limits(1000, 1500, Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ofMillis(1500)))
                .isEqualTo(
                        "at most 5000 connections on 1 event loop, messages up to 1000B in 1000 fragments, outboxes up to "
                                + "1500B, no pings, any idle time, any lifetime, drain window 1500ms");
    }
}
