package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.pulse.Pulse;
import dev.pushwire.pulse.Pulsing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PulsesHealthIndicatorTest {
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final Pulse well = Pulse.every(Duration.ofMillis(2), "heart", () -> {});
    private final Pulse waits = Pulse.every(Duration.ofMillis(2), "link", stuck::await);
    private final List<Pulsing> pulsing = List.of(() -> List.of(well), () -> List.of(waits));

    @AfterEach
    void close() {
        well.close();
        waits.close();
    }

    @Test
    void pulsesThatTurnAreUp() {
        Health health = new PulsesHealthIndicator(pulsing, Duration.ofMinutes(5)).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEqualTo(Map.of("pulses", 2, "turning", 2));
    }

    @Test
    void oneThatIsStuckIsDownAndNamedAndItsStackLoggedOnce(CapturedOutput output) {
        PulsesHealthIndicator indicator = new PulsesHealthIndicator(pulsing, Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN));
        assertThat(indicator.health().getDetails().get("stuck"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                .containsKey("link");
        assertThat(output).containsOnlyOnce("link has been at one run").contains("CountDownLatch.await");
        stuck.countDown();
        await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
    }
}
