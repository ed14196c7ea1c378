package dev.pushwire.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topics that must wait: for an event loop that is behind, or for their history to be read. Messages of such a
 * topic queue up on a virtual thread of the topic's own, and hold up no other topic. Messages beyond a limit are
 * dropped, and read from the history later. {@link #pass} and {@link #rejoin} are for tasks of the inbox alone.
 */
final class Detours {
    /**
     * How many bytes one topic may keep waiting: some of the largest messages, so that only a really slow loop reaches
     * it.
     */
    static final long MOST = 4L * 1024 * 1024;

    private final SerialExecutor inbox;
    private final Consumer<RedisTopic> recovery;
    private final Map<RedisTopic, Detour> detours = new ConcurrentHashMap<>();

    /**
     * @param inbox the inbox; half of its limit may wait here
     * @param recovery reads what was dropped; waits
     */
    Detours(SerialExecutor inbox, Consumer<RedisTopic> recovery) {
        this.inbox = inbox;
        this.recovery = recovery;
    }

    /**
     * Runs a task of a topic now, or as soon as the topic need not wait any more.
     *
     * @param size the bytes that the task holds
     * @param task does not wait; returns what to wait for before the topic's next task, or null
     */
    void pass(RedisTopic topic, int size, Supplier<@Nullable Runnable> task) {
        Detour detour = detours.get(topic);
        if (detour != null && detour.add(size, task)) {
            return;
        }
        Runnable wait = task.get();
        if (wait != null) {
            Detour fresh = new Detour(topic);
            detours.put(topic, fresh);
            Thread.ofVirtual().name("pushwire-redis-detour").start(() -> fresh.run(wait));
        }
    }

    /** How many topics wait. */
    int size() {
        return detours.size();
    }

    /** Runs all queued tasks now, without their waits. What is done next comes after them. */
    void rejoin() {
        detours.values().forEach(Detour::rejoin);
    }

    private final class Detour {
        private final RedisTopic topic;
        // Guarded by this, and so are tasks while they run:
        private final Queue<Waiting> queue = new ArrayDeque<>();
        private long bytes;
        private boolean dropped;
        private boolean ended;

        private record Waiting(int size, Supplier<@Nullable Runnable> task) {}

        Detour(RedisTopic topic) {
            this.topic = topic;
        }

        synchronized boolean add(int size, Supplier<@Nullable Runnable> task) {
            if (ended) {
                return false;
            }
            dropped |= bytes > MOST || inbox.isHalfFull();
            if (!dropped) {
                inbox.hold(size);
                bytes += size;
                queue.add(new Waiting(size, task));
            }
            return true;
        }

        void run(Runnable first) {
            Runnable wait = first;
            while (wait != null) {
                SerialExecutor.run(wait);
                wait = next();
            }
        }

        /** Runs queued tasks until there is something to wait for again; null at the end. */
        private synchronized @Nullable Runnable next() {
            Runnable wait = null;
            while (wait == null && !queue.isEmpty()) {
                wait = runFirst();
            }
            if (wait == null && dropped) {
                dropped = false;
                wait = () -> recovery.accept(topic);
            }
            if (wait == null) {
                ended = true;
                detours.remove(topic, this);
            }
            return wait;
        }

        synchronized void rejoin() {
            List<Runnable> waits = new ArrayList<>();
            while (!queue.isEmpty()) {
                Runnable wait = runFirst();
                if (wait != null) {
                    waits.add(wait);
                }
            }
            waits.forEach(wait -> add(0, () -> wait));
        }

        private @Nullable Runnable runFirst() {
            Waiting first = queue.remove();
            inbox.letGo(first.size());
            bytes -= first.size();
            try {
                return first.task().get();
            } catch (RuntimeException | Error e) {
                SerialExecutor.report(e);
                return null;
            }
        }
    }
}
