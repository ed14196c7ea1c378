package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LagProbeTest {
    private final LagProbe probe = new LagProbe();

    @Test
    void isZeroBeforeTheFirst() {
        assertThat(probe.lag()).isZero();
    }

    @Test
    void isWhatTheLatestOneTook() {
        probe.begin();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> probe.lag().compareTo(Duration.ofMillis(2)) > 0);
        probe.arrive();
        Duration took = probe.lag();
        assertThat(took).isGreaterThan(Duration.ofMillis(2));
        assertThat(probe.lag()).as("stands still").isEqualTo(took);
    }

    /** Or a node that hangs would look as well as it was before. */
    @Test
    void growsWhileOneIsUnderWay() {
        probe.begin();
        probe.arrive();
        probe.begin();
        Duration before = probe.lag();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> probe.lag().compareTo(before) > 0);
    }

    @Test
    void oneAtATime() {
        assertThat(probe.begin()).isTrue();
        assertThat(probe.begin()).isFalse();
        probe.arrive();
        assertThat(probe.begin()).isTrue();
    }

    @Test
    void oneThatIsLostSaysNothing() {
        probe.begin();
        probe.giveUp();
        assertThat(probe.lag()).isZero();
        assertThat(probe.begin()).isTrue();
    }
}
