package dev.pushwire.hijack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.Connections;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.SmartLifecycle;

@Timeout(30)
class DrainingTest {
    private final ConnectionRegistry registry = new ConnectionRegistry(10);

    @AutoClose
    private final EventLoopGroup loops = new EventLoopGroup(1, Duration.ofHours(1), new CompressionSettings(100, 6));

    private Draining draining(Duration patience) {
        Draining draining =
                new Draining(registry, loops, new Connections(loops, Duration.ofSeconds(5)), Duration.ZERO, patience);
        draining.start();
        return draining;
    }

    @BeforeEach
    void onePlaceIsTaken() {
        registry.enter();
    }

    @Test
    void givesNoPlaceAnyMore() {
        Draining draining = draining(Duration.ZERO);
        assertThat(draining.isRunning()).isTrue();
        draining.stop();
        assertThat(draining.isRunning()).isFalse();
        assertThat(registry.enter()).isEqualTo(Availability.DRAINING);
    }

    @Test
    void isOverWithTheLastConnection() {
        Thread.ofVirtual().start(() -> {
            while (!registry.draining()) {
                Thread.onSpinWait();
            }
            registry.leave();
        });
        draining(Duration.ofHours(1)).stop();
        assertThat(registry.size()).isZero();
    }

    @Test
    void doesNotWaitForEver() {
        draining(Duration.ofMillis(1)).stop();
        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void anInterruptionEndsIt() {
        Thread.currentThread().interrupt();
        draining(Duration.ofHours(1)).stop();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The web server's graceful phase comes behind it, and a context that is only paused keeps its connections. */
    @Test
    void comesFirstAndOnlyAtTheEnd() {
        assertThat(draining(Duration.ZERO).getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
        assertThat(draining(Duration.ZERO).isPauseable()).isFalse();
    }
}
