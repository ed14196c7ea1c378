package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done with what came from Redis, one after the other. Thread-safe; adding does not wait. */
final class SerialExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    /** Bytes that may wait: more than this, and it is cheaper to read the history than to keep them. */
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
     * @param size of what it holds, in bytes
     * @return false when too much waits; it is added all the same
     */
    boolean add(int size, Runnable task) {
        int cost = TASK_SIZE + size;
        long now = waiting.addAndGet(cost);
        try {
            thread.execute(() -> {
                waiting.addAndGet(-cost);
                run(task);
            });
        } catch (RejectedExecutionException e) {
            return true; // closed
        } catch (Throwable t) {
            waiting.addAndGet(-cost);
            throw t;
        }
        return now <= MOST;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (BrokerUnavailableException e) {
            log.debug("Will be done when Redis is back", e);
        } catch (Throwable t) { // the next task is run all the same
            log.error("What came from Redis could not be dealt with", t);
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
