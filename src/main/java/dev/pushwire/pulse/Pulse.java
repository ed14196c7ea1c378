package dev.pushwire.pulse;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same work again and again, with a pause before each run, on a thread of its own. Nothing that a run throws ends it,
 * be it an {@link Error}. Other than a scheduler it can say whether the work still comes to its turn, which liveness asks.
 * Thread-safe.
 */
public final class Pulse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pulse.class);

    private final Supplier<Duration> pause;
    private final Work work;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long turnedAt;

    /** What is done. */
    @FunctionalInterface
    public interface Work {
        /** @throws InterruptedException when the pulse is closed meanwhile */
        void run() throws InterruptedException;
    }

    /**
     * Begins.
     *
     * @param name of its thread
     */
    public static Pulse every(Duration pause, String name, Work work) {
        Pulse pulse = new Pulse(() -> pause, name, work);
        pulse.start();
        return pulse;
    }

    /**
     * Does nothing before {@link #start}.
     *
     * @param pause before the next run; asked for on the pulse's own thread
     * @param name of its thread
     */
    public Pulse(Supplier<Duration> pause, String name, Work work) {
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        this.turnedAt = System.nanoTime();
    }

    /** Begins; once. */
    public void start() {
        turned();
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(pause.get());
                turned();
                work.run();
            } catch (InterruptedException e) {
                log.debug("{} was interrupted", name()); // closed, or woken before its time
            } catch (Throwable t) {
                survive(t);
            } finally {
                turned();
            }
        }
    }

    private void survive(Throwable met) {
        try {
            log.error("{} failed; it will be tried again", name(), met);
        } catch (Throwable t) {
            // There is no memory even to say so, or what was met cannot be told.
        }
    }

    /** For work that takes long: shows that it goes on. */
    public void turned() {
        turnedAt = System.nanoTime();
    }

    /** The name of its thread. */
    public String name() {
        return thread.getName();
    }

    /** Since a run began or ended, or said that it goes on; a pause counts, too. */
    public Duration sinceTurn() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - turnedAt));
    }

    /** Whether it runs no more, though nobody has closed it. */
    public boolean hasDied() {
        return !closed && thread.getState() == Thread.State.TERMINATED;
    }

    /** What it is doing right now. */
    public List<StackTraceElement> stackTrace() {
        return List.of(thread.getStackTrace());
    }

    /** Ends it, and the run under way by an interrupt; does not wait for that. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Waits until it has ended. */
    public void awaitEnd(Duration atMost) throws InterruptedException {
        boolean _ = thread.join(atMost);
    }
}
