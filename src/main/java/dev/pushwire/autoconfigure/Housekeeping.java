package dev.pushwire.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is to be done now and then; each task on a virtual thread of its own, so that one that waits holds up no other. */
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pushwire-housekeeping").daemon().factory());

    /** Runs a task with this much time between the end of one run and the beginning of the next. A failure ends one run. */
    void every(Duration pause, Runnable task) {
        ScheduledFuture<?> _ = timer.schedule(
                () -> Thread.ofVirtual().name("pushwire-housekeeping").start(() -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        log.warn("Housekeeping failed; it will be tried again", e);
                    }
                    if (!timer.isShutdown()) {
                        every(pause, task);
                    }
                }),
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
