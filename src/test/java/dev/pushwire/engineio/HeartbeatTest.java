package dev.pushwire.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.engineio.Heartbeat.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a client is pinged, and when it is given up: every 25 seconds, and 20 seconds after a ping. */
class HeartbeatTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = Long.MAX_VALUE - 30 * SECOND; // nanoseconds count on past the largest number

    private final Heartbeat heartbeat =
            new Heartbeat(new EngineSettings(Duration.ofSeconds(25), Duration.ofSeconds(20), 1), START);

    @Test
    void pingsAfterTheInterval() {
        assertThat(at(0)).isEqualTo(Action.NOTHING);
        assertThat(at(24.9)).isEqualTo(Action.NOTHING);
        assertThat(at(25)).isEqualTo(Action.PING);
        assertThat(at(26)).isEqualTo(Action.NOTHING);
    }

    @Test
    void pingsAgainAnIntervalAfterThePong() {
        assertThat(at(25)).isEqualTo(Action.PING);
        heartbeat.ponged(nanos(30));
        assertThat(at(54.9)).isEqualTo(Action.NOTHING);
        assertThat(at(55)).isEqualTo(Action.PING);
    }

    @Test
    void givesUpWhoDoesNotAnswer() {
        assertThat(at(25)).isEqualTo(Action.PING);
        assertThat(at(44.9)).isEqualTo(Action.NOTHING);
        assertThat(at(45)).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void takesAnotherPacketForASignOfLifeOnce() {
        assertThat(at(25)).isEqualTo(Action.PING);
        heartbeat.heard(nanos(40));
        heartbeat.heard(nanos(50)); // it should have answered by now
        assertThat(at(59.9)).isEqualTo(Action.NOTHING);
        assertThat(at(60)).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void doesNotPutAPingOffForWhoSpeaks() {
        heartbeat.heard(nanos(24));
        assertThat(at(25)).isEqualTo(Action.PING);
    }

    @Test
    void givesNobodyUpWhoIsNotReadFrom() {
        assertThat(at(25)).isEqualTo(Action.PING);
        assertThat(heartbeat.check(nanos(45), true)).isEqualTo(Action.NOTHING);
        assertThat(at(64.9)).isEqualTo(Action.NOTHING);
        assertThat(at(65)).isEqualTo(Action.GIVE_UP);
    }

    private Action at(double seconds) {
        return heartbeat.check(nanos(seconds), false);
    }

    private static long nanos(double seconds) {
        return START + (long) (seconds * SECOND);
    }
}
