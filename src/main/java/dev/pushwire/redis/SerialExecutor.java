package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tasks for what comes from Redis, one after the other. Thread-safe; adding does not wait. */
final class SerialExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    /** How many bytes may wait. Beyond this, it is cheaper to read the history than to keep them. */
    private static final long MOST = 64L * 1024 * 1024;

    private static final int TASK_SIZE = 100;

    private final AtomicLong waiting = new AtomicLong();
    private final ExecutorService thread;

    /** @param purpose in a word, for the name of its thread */
    SerialExecutor(String purpose) {
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name("pushwire-redis-inbox-" + purpose)
                .daemon()
                .factory());
    }

    /**
     * Adds a task.
     *
     * @param size the bytes that it holds
     * @return false if too much waits; the task is added all the same
     */
    boolean add(int size, Runnable task) {
        long now = hold(size);
        try {
            thread.execute(() -> {
                letGo(size);
                run(task);
            });
        } catch (RejectedExecutionException e) {
            return true; // closed
        } catch (Throwable t) {
            letGo(size);
            throw t;
        }
        return now <= MOST;
    }

    /**
     * Counts bytes that wait elsewhere.
     *
     * @return how many wait now
     */
    long hold(int size) {
        return waiting.addAndGet(TASK_SIZE + size);
    }

    void letGo(int size) {
        waiting.addAndGet(-TASK_SIZE - size);
    }

    /** About how many bytes wait, here or {@linkplain #hold elsewhere}. */
    long waitingBytes() {
        return waiting.get();
    }

    /** Whether it is time to keep less elsewhere. */
    boolean isHalfFull() {
        return waiting.get() > MOST / 2;
    }

    /** Runs a task. Whatever it throws, the next one still runs. */
    static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            report(t);
        }
    }

    static void report(Throwable t) {
        if (t instanceof BrokerUnavailableException) {
            log.debug("Will be done when Redis is back", t);
        } else {
            log.error("A message from Redis could not be handled", t);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            boolean _ = thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
