package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.EventLoopGroup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EventLoopsHealthIndicatorTest {
    @AutoClose
    private final EventLoopGroup loops =
            new EventLoopGroup("node", 2, Duration.ofMillis(20), new CompressionSettings(256, 6));

    @Test
    void loopsThatTurnAreUp() {
        Health health = new EventLoopsHealthIndicator(loops.loops(), Duration.ofSeconds(30)).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEqualTo(Map.of("loops", 2, "turning", 2));
    }

    @Test
    void aStuckLoopIsDownAndNamedAndItsStackLoggedOnce(CapturedOutput output) {
        EventLoopsHealthIndicator indicator = new EventLoopsHealthIndicator(loops.loops(), Duration.ofMillis(500));
        CountDownLatch stuck = new CountDownLatch(1);
        loops.loops().get(1).execute(() -> blockOn(stuck));

        await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN));
        Health health = indicator.health();
        assertThat(health.getDetails()).containsEntry("loops", 2).containsEntry("turning", 1);
        assertThat(health.getDetails().get("stuck"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                .containsOnlyKeys("pushwire-loop-1");
        assertThat(output)
                .containsOnlyOnce("pushwire-loop-1 has been at one pass")
                .contains("blockOn");

        stuck.countDown();
        await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
    }

    private static void blockOn(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
