package dev.pushwire.pulse;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the same work again and again, with a pause before each run, on a thread of its own. Nothing that a run throws
 * ends the pulse, not even an {@link Error}. Unlike a scheduler, it can tell whether the work still gets its turn,
 * which liveness asks. Thread-safe.
 */
public final class Pulse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pulse.class);

    private final Supplier<Duration> pause;
    private final Work work;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long turnedAt;

    /** The work of a pulse. */
    @FunctionalInterface
    public interface Work {
        /** @throws InterruptedException if the pulse is closed meanwhile */
        void run() throws InterruptedException;
    }

    /**
     * Starts a pulse.
     *
     * @param name the name of its thread
     */
    public static Pulse every(Duration pause, String name, Work work) {
        Pulse pulse = new Pulse(() -> pause, name, work);
        pulse.start();
        return pulse;
    }

    /**
     * Makes a pulse, which begins with {@link #start}.
     *
     * @param pause the pause before the next run; asked for on the pulse's own thread
     * @param name the name of its thread
     */
    public Pulse(Supplier<Duration> pause, String name, Work work) {
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        this.turnedAt = System.nanoTime();
    }

    /** Starts the pulse. Called once. */
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
            // There is not even memory for a line in the log, or the failure itself cannot be printed.
        }
    }

    /** Shows that a long run still makes progress. */
    public void turned() {
        turnedAt = System.nanoTime();
    }

    /** The name of its thread. */
    public String name() {
        return thread.getName();
    }

    /** The time since a run began or ended, or called {@link #turned}. A pause counts, too. */
    public Duration sinceTurn() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - turnedAt));
    }

    /** Whether the pulse has ended, and no caller has closed it. */
    public boolean hasDied() {
        return !closed && thread.getState() == Thread.State.TERMINATED;
    }

    /** What the thread is doing right now. */
    public List<StackTraceElement> stackTrace() {
        return List.of(thread.getStackTrace());
    }

    /** Ends the pulse, and interrupts the run under way. Does not wait for that. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Waits until the pulse has ended. */
    public void awaitEnd(Duration atMost) throws InterruptedException {
        boolean _ = thread.join(atMost);
    }
}
