package dev.pushwire.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import dev.pushwire.service.UnspeakableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PulseTest {
    private static final Duration SHORT = Duration.ofMillis(2);

    @ParameterizedTest
    @ValueSource(
            classes = {
                OutOfMemoryError.class,
                StackOverflowError.class,
                NoClassDefFoundError.class,
                IllegalStateException.class,
                UnspeakableException.class,
                InterruptedException.class
            })
    void outlivesWhateverARunThrows(Class<? extends Throwable> what) {
        AtomicInteger runs = new AtomicInteger();
        try (Pulse pulse = Pulse.every(SHORT, "pulse", () -> {
            if (runs.incrementAndGet() <= 3) {
                PulseTest.<RuntimeException>sneak(what);
            }
        })) {
            await().untilAtomic(runs, greaterThan(6));
            assertThat(pulse.hasDied()).isFalse();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Class<? extends Throwable> what) throws T {
        try {
            throw (T) what.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void outlivesAnInterruptThatARunLeavesBehind() {
        AtomicInteger runs = new AtomicInteger();
        try (Pulse pulse = Pulse.every(SHORT, "pulse", () -> {
            runs.incrementAndGet();
            Thread.currentThread().interrupt();
        })) {
            await().untilAtomic(runs, greaterThan(3));
            assertThat(pulse.hasDied()).isFalse();
        }
    }

    @Test
    void showsThatARunDoesNotEnd() {
        CountDownLatch stuck = new CountDownLatch(1);
        try (Pulse pulse = Pulse.every(SHORT, "pulse", stuck::await)) {
            await().until(() -> pulse.sinceTurn().toMillis() > 300);
            assertThat(pulse.stackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("await"));
            pulse.turned();
            assertThat(pulse.sinceTurn()).isLessThan(Duration.ofSeconds(30));
            stuck.countDown();
        }
    }

    @Test
    void endsWhenItIsClosedAndThatIsNoDeath() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Pulse pulse = Pulse.every(Duration.ZERO, "pulse", () -> {
            begun.countDown();
            Thread.sleep(Duration.ofDays(1));
        });
        begun.await();
        pulse.close();
        pulse.awaitEnd(Duration.ofSeconds(30));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("pulse"));
        assertThat(pulse.hasDied()).isFalse();
    }
}
