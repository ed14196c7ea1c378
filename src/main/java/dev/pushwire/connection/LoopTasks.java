package dev.pushwire.connection;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks that wait for an event loop. Any thread may add some; the loop's own runs them. */
final class LoopTasks {
    private static final Logger log = LoggerFactory.getLogger(LoopTasks.class);

    /** At a time, so that a flood of them cannot keep the loop from its sockets. */
    private static final int AT_A_TIME = 1024;
    /** The same for tasks that take long; one that takes longer by itself is its author's fault. */
    private static final long TIME = TimeUnit.MILLISECONDS.toNanos(2);
    /** Tasks between two looks at the clock, which take as long as a short task. */
    private static final int UNTIMED = 16;

    private final int loop;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeupDue = new AtomicBoolean();
    private volatile boolean ended;

    /** @param loop its index, for the log */
    LoopTasks(int loop) {
        this.loop = loop;
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    /** Whether the loop has to be woken for what was added: once for however many tasks come while it sleeps. */
    boolean needWakeup() {
        return wakeupDue.compareAndSet(false, true);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Runs what is there, in the order of the calls of each thread that has added some. */
    void run() {
        wakeupDue.set(false); // before the queue is read: a task added from here on wakes the next pass
        if (tasks.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        for (int i = 0; i < AT_A_TIME; i++) {
            if (i % UNTIMED == UNTIMED - 1 && System.nanoTime() - start > TIME) {
                return;
            }
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable t) {
                log.error("A task on event loop {} failed", loop, t);
            }
        }
    }

    /** What is added from here on may never be run. */
    void end() {
        ended = true;
    }

    /** Whether a task that was added has been run, or will be; if not, it never will be. */
    boolean willRun(Runnable added) {
        return !ended || !tasks.remove(added);
    }
}
