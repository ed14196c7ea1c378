package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * All kinds of traffic at once, for a long time: {@code ./mvnw -Psoak verify}, ten minutes or {@code -Dsoak.minutes}. It ends
 * with the memory, file descriptors and threads that it had after its first minute.
 */
class Soak {
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final long HEAP_SLACK = 2 * Vitals.MEGABYTE;
    /** What HTTP clients keep open to publish again. */
    private static final int KEPT_ALIVE = 2;

    @AutoClose
    private final RunningService service = RunningService.start(
            "pushwire.websocket.handshake-timeout=5s",
            "pushwire.websocket.ping-interval=2s",
            "pushwire.websocket.pong-timeout=5s",
            "pushwire.websocket.outbox-limit=256KB");

    @Test
    void endsWithWhatItHadAfterItsFirstMinute() throws Exception {
        Duration length = Duration.ofMinutes(Long.getLong("soak.minutes", 10));
        assertThat(length)
                .as("-Dsoak.minutes, of which the first is to warm up")
                .isGreaterThan(WARM_UP);
        soak(WARM_UP);
        Vitals before = atRest();
        System.out.println("After the first minute: " + before);
        soak(length.minus(WARM_UP));
        Vitals after = atRest();
        System.out.println("After " + length + ": " + after);
        after.assertNotMoreThan(before, HEAP_SLACK);
    }

    /** Each kind of traffic over and over, all at once. */
    private void soak(Duration length) throws InterruptedException {
        Map<String, Callable<?>> kinds = new SoakTraffic(service).kinds();
        long end = System.nanoTime() + length.toNanos();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        kinds.forEach((name, kind) -> threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                System.out.println(name + ": " + roundsUntil(end, kind) + " rounds");
            } catch (Throwable t) {
                failures.add(new AssertionError(name, t));
            }
        })));
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).as("what went wrong").isEmpty();
    }

    private static long roundsUntil(long end, Callable<?> kind) throws Exception {
        long rounds = 0;
        while (System.nanoTime() - end < 0) {
            kind.call();
            rounds++;
        }
        assertThat(rounds).as("rounds").isPositive();
        return rounds;
    }

    private Vitals atRest() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(service.openConnections()).as("WebSockets open").isZero();
            assertThat(service.bean(ConnectionRegistry.class).size())
                    .as("places taken")
                    .isZero();
            assertThat(service.httpConnections())
                    .as("connections that Tomcat counts")
                    .isLessThanOrEqualTo(KEPT_ALIVE);
        });
        return Vitals.now();
    }
}
