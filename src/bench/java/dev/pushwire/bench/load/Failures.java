package dev.pushwire.bench.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The failures of a run. The first one makes the run void. */
final class Failures {
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private final CountDownLatch failed = new CountDownLatch(1);

    void add(String what) {
        first.compareAndSet(null, what);
        failed.countDown();
    }

    @Nullable
    String first() {
        return first.get();
    }

    /** Waits for a time, or until something fails. */
    boolean failsWithin(Duration time) throws InterruptedException {
        return failed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean any() {
        return first.get() != null;
    }
}
