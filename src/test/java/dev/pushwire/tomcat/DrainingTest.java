package dev.pushwire.tomcat;

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
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

@Timeout(30)
class DrainingTest {
    private final ConnectionRegistry registry = new ConnectionRegistry(10);

    @AutoClose
    private final EventLoopGroup loops =
            new EventLoopGroup("node", 1, Duration.ofHours(1), new CompressionSettings(100, 6));

    private Draining draining(Duration patience) {
        return draining(Duration.ZERO, patience);
    }

    private Draining draining(Duration window, Duration patience) {
        Draining draining =
                new Draining(registry, loops, new Connections(loops, Duration.ofSeconds(5)), window, patience);
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

    @Test
    void withoutConnectionsThereIsNothingToWaitFor() {
        registry.leave();
        draining(Duration.ofHours(1), Duration.ofHours(1)).stop(); // else the time-out of this class ends it
        assertThat(registry.draining()).isTrue();
    }

    /** Its place is taken, yet no loop has it: there is nobody to pace, and the window is not waited out. */
    @Test
    void aHandshakeUnderWayIsNoConnectionYet() {
        draining(Duration.ofHours(1), Duration.ofMillis(1)).stop();
        assertThat(registry.size()).isEqualTo(1);
    }

    /** The web server's graceful phase comes behind it, and a context that is only paused keeps its connections. */
    @Test
    void comesFirstAndOnlyAtTheEnd() {
        assertThat(draining(Duration.ZERO).getPhase())
                .isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isEqualTo(SmartLifecycle.DEFAULT_PHASE);
        assertThat(draining(Duration.ZERO).isPauseable()).isFalse();
    }
}
