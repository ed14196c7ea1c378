package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimersTest {
    @Test
    void whatWaitsIsDone() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        Timers timers = new Timers(Thread::startVirtualThread);
        timers.after(Duration.ZERO, done::countDown);
        timers.after(Duration.ofMillis(1), done::countDown);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** A task that an executor still holds has begun no more than one that waits for its time. */
    @Test
    void nothingBeginsBehindTheEnd() {
        AtomicInteger begun = new AtomicInteger();
        AtomicBoolean isHeld = new AtomicBoolean();
        Runnable[] held = new Runnable[1];
        Timers timers = new Timers(task -> {
            held[0] = task;
            isHeld.set(true);
        });
        timers.after(Duration.ZERO, begun::incrementAndGet);
        await().untilTrue(isHeld);
        timers.close();
        held[0].run();
        timers.after(Duration.ZERO, begun::incrementAndGet);
        held[0].run();
        assertThat(begun).hasValue(0);
    }

    /** A token that expires in hours does not keep a closed client from garbage collection. */
    @Test
    void whatWasForgottenIsHeldByNobody() {
        Timers timers = new Timers(Thread::startVirtualThread);
        var held = new WeakReference<>(waitFor(timers));
        timers.close();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(held.get()).isNull();
        });
    }

    private static Object waitFor(Timers timers) {
        AtomicInteger captured = new AtomicInteger();
        timers.after(Duration.ofHours(1), captured::incrementAndGet);
        return captured;
    }
}
