package dev.pushwire.connection;

import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way to the connections of an event loop: those that other threads handed over, and those that
 * have not reached all members of their group yet. A sender that is faster than the loop is held back. Otherwise this
 * memory could grow without bound. A thread waits for the loop. An event loop must not wait: instead, the connection
 * whose message it is handling is not read from until the other loop has caught up.
 *
 * <p>Thread-safe.
 */
final class LoopBackpressure {
    /** How many bytes may be under way: two writes for each member. More would not make the writes fewer. */
    static final long MOST = 256 * 1024;

    /** The memory of a message besides its bytes: its frame, its tasks, and their place in the queue. */
    static final int TASK_SIZE = 128;

    /** The loops to which the current thread has sent too much without waiting yet. Only these hold it back. */
    private static final ThreadLocal<Set<LoopBackpressure>> AHEAD_OF = new ThreadLocal<>();

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final AtomicLong underWay = new AtomicLong();
    private final Queue<Runnable> heldBack = new ConcurrentLinkedQueue<>();

    LoopBackpressure(EventLoop loop) {
        this.loop = loop;
    }

    /** How many bytes are under way now. */
    long underWay() {
        return underWay.get();
    }

    /**
     * Runs a delivery on the loop's thread. Deliveries of one calling thread keep their order. If too much is under
     * way, this holds back the sender.
     *
     * @param size the size of the message, in bytes
     * @param wait see {@link #holdBack}
     */
    void carry(int size, boolean wait, Runnable delivery) {
        int cost = depart(size);
        loop.execute(() -> {
            try {
                delivery.run();
            } finally {
                arrived(cost);
            }
        });
        holdBack(cost, wait);
    }

    /**
     * A message sets out. Its sender calls {@link #holdBack} once it is handed over.
     *
     * @param size the size of the message, in bytes
     * @return the argument of {@link #arrived}
     */
    int depart(int size) {
        int cost = size + TASK_SIZE;
        underWay.addAndGet(cost);
        return cost;
    }

    /** A message has arrived. */
    void arrived(int cost) {
        underWay.addAndGet(-cost);
        if (hasRoom()) {
            letGo();
        }
    }

    /**
     * Holds back the thread that has just sent, if too much is under way.
     *
     * @param cost the cost of the message, from {@link #depart}
     * @param wait whether a thread that is no event loop's waits here; if not, it calls {@link #heldBack} before it
     *     sends more
     */
    void holdBack(int cost, boolean wait) {
        if (underWay.get() <= MOST) {
            return;
        }
        EventLoop sender = loop.inLoop() ? loop : EventLoop.current();
        if (sender != null) {
            holdBackTalker(sender, cost);
        } else if (wait) {
            awaitRoom();
        } else {
            isAhead();
        }
    }

    private void isAhead() {
        Set<LoopBackpressure> all = AHEAD_OF.get();
        if (all == null) {
            all = new HashSet<>();
            AHEAD_OF.set(all);
        }
        all.add(this);
    }

    /** Prepares the wait for the loops that this thread has sent too much to since the last call; null for none. */
    static @Nullable Runnable heldBack() {
        Set<LoopBackpressure> all = AHEAD_OF.get();
        if (all == null) {
            return null;
        }
        AHEAD_OF.remove();
        return () -> all.forEach(LoopBackpressure::awaitRoom);
    }

    private void holdBackTalker(EventLoop sender, int cost) {
        Connection talker = sender.buffers().replies().owner();
        if (talker != null) { // only messages come in floods; what onOpen and onClose send is not held back
            talker.in().holdBack(cost);
            heldBack.add(() -> talker.later(() -> talker.in().letGo()));
            letGoIfRoom();
        }
    }

    /**
     * Waits while too much is under way. Does not wait on a loop's thread, since two loops that wait for each other
     * would wait for ever. No thread waits longer than a second for a loop that does not turn.
     */
    void awaitRoom() {
        if (underWay.get() <= MOST || loop.inLoop() || EventLoop.current() != null) {
            return;
        }
        CountDownLatch room = new CountDownLatch(1);
        Runnable goOn = room::countDown;
        heldBack.add(goOn);
        letGoIfRoom();
        try {
            while (!room.await(PATIENCE, TimeUnit.NANOSECONDS)
                    && loop.statistics().sinceTurn(System.nanoTime()) < PATIENCE) {
                // The loop is at work.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            heldBack.remove(goOn);
        }
    }

    /** Lets a sender go if the loop has caught up in the meantime, and has not seen that a sender is held back. */
    private void letGoIfRoom() {
        if (hasRoom()) {
            letGo();
        }
    }

    private boolean hasRoom() {
        return underWay.get() <= MOST / 2;
    }

    private void letGo() {
        for (Runnable goOn = heldBack.poll(); goOn != null; goOn = heldBack.poll()) {
            goOn.run();
        }
    }
}
