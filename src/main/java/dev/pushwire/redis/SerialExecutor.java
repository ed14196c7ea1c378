package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks for what comes from Redis, one after the other, in the order in which they come. They run on a thread
 * of its own, or on the caller's if that is cheaper. Thread-safe; adding does not wait.
 */
final class SerialExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    /** How many bytes may wait. Beyond this, it is cheaper to read the history than to keep them. */
    private static final long MOST = 64L * 1024 * 1024;

    private static final int TASK_SIZE = 100;

    /** Tasks of one burst follow each other more closely than this. */
    static final long GAP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    /** How long a burst may keep the callers' thread. Behind that, two threads share the work. */
    static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LongSupplier clock;
    private final Thread thread;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** How many tasks have not ended. The thread that counts from 0 to 1 runs them, or hands that on. */
    private final AtomicInteger unfinished = new AtomicInteger();

    private volatile boolean handedOn;
    private volatile boolean closed;
    // Only the thread that runs the tasks touches these:
    private long burstBegan;
    private long lastEnded;

    /** @param purpose the purpose in a word, for the name of its thread */
    SerialExecutor(String purpose) {
        this(purpose, System::nanoTime);
    }

    /** @param clock the time in nanoseconds */
    SerialExecutor(String purpose, LongSupplier clock) {
        this.clock = clock;
        this.lastEnded = clock.getAsLong() - GAP_NANOS;
        this.thread = Thread.ofPlatform()
                .name("pushwire-redis-inbox-" + purpose)
                .daemon()
                .start(this::work);
    }

    /**
     * Adds a task for this executor's own thread.
     *
     * @param size the bytes that it holds
     * @return false if too much waits; the task is added all the same
     */
    boolean add(int size, Runnable task) {
        if (closed) {
            return true;
        }
        tasks.add(() -> {
            letGo(size);
            run(task);
        });
        long now = hold(size);
        if (unfinished.getAndIncrement() == 0) {
            handOn();
        }
        return now <= MOST;
    }

    /**
     * Runs a task right here if no other one is unfinished: waking a thread would cost more. Otherwise
     * {@linkplain #add adds} it.
     *
     * @param task must not wait, since the caller would
     */
    boolean runOrAdd(int size, Runnable task) {
        if (closed || !unfinished.compareAndSet(0, 1)) {
            return add(size, task);
        }
        boolean runsHere = tasks.isEmpty() && !isLongBurst(); // a task may be queued, and not counted yet
        try {
            if (runsHere) {
                run(task);
                lastEnded = clock.getAsLong();
            }
        } finally {
            if (unfinished.decrementAndGet() > 0) {
                handOn();
            }
        }
        return runsHere || add(size, task);
    }

    private boolean isLongBurst() {
        long now = clock.getAsLong();
        if (now - lastEnded >= GAP_NANOS) {
            burstBegan = now;
        }
        return now - burstBegan > BURST_NANOS;
    }

    private void handOn() {
        handedOn = true;
        LockSupport.unpark(thread);
    }

    private void work() {
        while (!closed) {
            if (handedOn) {
                handedOn = false;
                runQueued();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void runQueued() {
        do {
            try {
                Objects.requireNonNull(tasks.poll()).run();
            } catch (Throwable t) {
                // There was no memory to report what the task had thrown.
            }
        } while (unfinished.decrementAndGet() > 0 && !closed);
    }

    /**
     * Counts bytes that wait elsewhere.
     *
     * @return how many wait now
     */
    long hold(int size) {
        return waitingBytes.addAndGet(TASK_SIZE + size);
    }

    void letGo(int size) {
        waitingBytes.addAndGet(-TASK_SIZE - size);
    }

    /** About how many bytes wait, here or {@linkplain #hold elsewhere}. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    /** Whether it is time to keep less elsewhere. */
    boolean isHalfFull() {
        return waitingBytes.get() > MOST / 2;
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

    /** Ends the thread. Tasks that wait are not run. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            boolean _ = thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
