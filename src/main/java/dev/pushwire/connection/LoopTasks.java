package dev.pushwire.connection;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks that wait for an event loop. Any thread may add tasks; the loop's thread runs them. */
final class LoopTasks {
    private static final Logger log = LoggerFactory.getLogger(LoopTasks.class);

    /** How many tasks run at a time, so that many of them cannot keep the loop from its sockets. */
    private static final int AT_A_TIME = 1024;
    /** How long tasks run at a time. A single task may take longer. */
    private static final long TIME = TimeUnit.MILLISECONDS.toNanos(2);
    /** How many tasks run between two looks at the clock. A look takes as long as a short task. */
    private static final int UNTIMED = 16;

    private final int loop;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeupDue = new AtomicBoolean();
    private volatile boolean ended;

    /** @param loop the index of the loop, for the log */
    LoopTasks(int loop) {
        this.loop = loop;
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    /** Whether the loop must be woken for a new task: once for any number of tasks that come while it sleeps. */
    boolean needWakeup() {
        return wakeupDue.compareAndSet(false, true);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Runs the waiting tasks. Tasks of one thread keep their order. */
    void run() {
        wakeupDue.set(false); // before the queue is read: a task that is added from now on wakes the next pass
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

    /** Ends the queue. Tasks that are added from now on may never run. */
    void end() {
        ended = true;
    }

    /** Whether a task has run, or will; if not, it never will. */
    boolean willRun(Runnable added) {
        return !ended || !tasks.remove(added);
    }
}
