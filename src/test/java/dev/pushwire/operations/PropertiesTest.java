package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.autoconfigure.DrainProperties;
import dev.pushwire.autoconfigure.HealthProperties;
import dev.pushwire.autoconfigure.HistoryProperties;
import dev.pushwire.autoconfigure.LimitsProperties;
import dev.pushwire.autoconfigure.PushProperties;
import dev.pushwire.autoconfigure.SocketIoProperties;
import dev.pushwire.engineio.EngineSettings;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** A value that cannot be used is refused with a sentence that names the property. */
class PropertiesTest {
    private static final PushProperties.Http HTTP = new PushProperties.Http(true, Duration.ofSeconds(30), 0);

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT20S", "PT1H"})
    void aDrainMayTakeNoTimeOrAnHour(Duration window) {
        assertThat(new DrainProperties(window).window()).isEqualTo(window);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT1H1S"})
    void aDrainCannotTakeLongerThanAnyoneWaits(Duration window) {
        assertThatThrownBy(() -> new DrainProperties(window)).hasMessageStartingWith("pushwire.drain.window must be ");
    }

    @Test
    void aLoopIsNotStuckBecauseItIsIdle() {
        assertThat(new HealthProperties(Duration.ofSeconds(2)).stuckLoopAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> new HealthProperties(Duration.ofSeconds(1)))
                .hasMessageStartingWith("pushwire.health.stuck-loop-after must be ");
    }

    @Test
    void aConnectionMayHaveNoPatternsButSomeTopics() {
        assertThat(new PushProperties(true, 1, 0, false, HTTP).maxPatterns()).isZero();
        assertThatThrownBy(() -> new PushProperties(true, 0, 0, false, HTTP))
                .hasMessage("pushwire.push.max-subscriptions must be at least 1, but is 0");
        assertThatThrownBy(() -> new PushProperties(true, 1, -1, false, HTTP))
                .hasMessage("pushwire.push.max-patterns must be 0 for none, or more, but is -1");
    }

    @Test
    void aPollingClientMayStayAwayForSomeTime() {
        assertThat(HTTP.maxPolled()).isZero();
        assertThatThrownBy(() -> new PushProperties.Http(true, Duration.ofMillis(999), 1))
                .hasMessage("pushwire.push.http.poll-timeout must be from 1s to 10m, but is PT0.999S");
        assertThatThrownBy(() -> new PushProperties.Http(true, Duration.ofSeconds(601), 1))
                .hasMessage("pushwire.push.http.poll-timeout must be from 1s to 10m, but is PT10M1S");
        assertThatThrownBy(() -> new PushProperties.Http(true, Duration.ofSeconds(30), -1))
                .hasMessage("pushwire.push.http.max-polled must be 0 for none, or more, but is -1");
    }

    private static final SocketIoProperties.Recovery RECOVERY =
            new SocketIoProperties.Recovery(Duration.ofSeconds(1), 1, 1, DataSize.ofKilobytes(1));

    @Test
    void socketIoHasTimeAndRoomForSomething() {
        Duration time = Duration.ofSeconds(1);
        DataSize size = DataSize.ofKilobytes(1);
        assertThat(socketIo(time, time, time, 1).maxRooms()).isOne();
        assertThatThrownBy(() -> socketIo(Duration.ZERO, time, time, 1))
                .hasMessage("pushwire.socketio.ping-timeout must be from 10ms to 1h, but is PT0S");
        assertThatThrownBy(() -> socketIo(time, time, Duration.ofDays(1), 1))
                .hasMessage("pushwire.socketio.ack-timeout must be from 10ms to 1h, but is PT24H");
        assertThatThrownBy(() -> socketIo(time, time, time, 0))
                .hasMessage("pushwire.socketio.max-namespaces must be at least 1, but is 0");
        assertThatThrownBy(() -> new SocketIoProperties.Recovery(Duration.ofDays(1), 1, 1, size))
                .hasMessage("pushwire.socketio.recovery.max-disconnection must be from 10ms to 1h, but is PT24H");
        assertThatThrownBy(() -> new SocketIoProperties.Recovery(time, 0, 1, size))
                .hasMessage("pushwire.socketio.recovery.history-size must be at least 1, but is 0");
        assertThatThrownBy(() -> new SocketIoProperties.Recovery(time, 1, 1, DataSize.ofBytes(5)))
                .hasMessageStartingWith("pushwire.socketio.recovery.max-session-size must be from 1KB to 1MB");
    }

    @Test
    void socketIoHasATransport() {
        Duration time = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new SocketIoProperties(true, Set.of(), true, time, time, time, time, 1, 1, RECOVERY))
                .hasMessageStartingWith("pushwire.socketio.transports must name polling, websocket or both");
    }

    private static SocketIoProperties socketIo(
            Duration pingTimeout, Duration connectTimeout, Duration ackTimeout, int maxNamespaces) {
        return new SocketIoProperties(
                true,
                Set.of(EngineSettings.Transport.values()),
                true,
                Duration.ofSeconds(1),
                pingTimeout,
                connectTimeout,
                ackTimeout,
                maxNamespaces,
                1,
                RECOVERY);
    }

    @Test
    void patternsMayBeAsManyAsTheyLike() {
        assertThat(new LimitsProperties(0, 0, 0, 0, 0, 0, 0).patterns()).isZero();
        assertThatThrownBy(() -> new LimitsProperties(0, 0, 0, -1, 0, 0, 0))
                .hasMessage("pushwire.limits.patterns must be 0 for any number, or more, but is -1");
    }

    @Test
    void historiesTakeAQuarterOfTheHeapUnlessToldOtherwise() {
        assertThat(new HistoryProperties(null).maxMemory().toBytes())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
        assertThat(new HistoryProperties(DataSize.ofMegabytes(1)).maxMemory()).isEqualTo(DataSize.ofMegabytes(1));
        assertThatThrownBy(() -> new HistoryProperties(DataSize.ofBytes(0)))
                .hasMessageStartingWith("pushwire.history.max-memory must be ");
    }
}
