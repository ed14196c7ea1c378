package dev.pushwire.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what Redis has refused for lack of memory, and logs it now and then. Thread-safe. */
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong sayNext = new AtomicLong(System.nanoTime());

    void add() {
        long sum = count.incrementAndGet();
        long due = sayNext.get();
        long now = System.nanoTime();
        if (now - due >= 0 && sayNext.compareAndSet(due, now + PAUSE.toNanos())) {
            log.warn(
                    "Redis has reached its maxmemory and keeps nothing more: {} requests were refused so far. "
                            + "Publishing is answered with 503 until it has more memory, or topics remember less",
                    sum);
        }
    }

    long count() {
        return count.get();
    }
}
