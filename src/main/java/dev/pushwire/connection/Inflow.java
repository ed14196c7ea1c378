package dev.pushwire.connection;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages on their way to an event loop from other threads. Whoever sends faster than the loop delivers is held back,
 * or what is under way could grow without bound: a thread waits for the loop; where that thread is itself an event loop, which
 * must not wait, the connection whose message it is just handling is not read from until the loop has caught up.
 *
 * <p>Thread-safe. Messages within one loop do not come this way.
 */
final class Inflow {
    /** Bytes under way. So much keeps a loop busy for a while, and is little for each of a few loops. */
    private static final long MOST = 1024 * 1024;

    /** What a message's task takes, besides the message. */
    private static final int TASK_SIZE = 100;

    private final EventLoop loop;
    private final AtomicLong underWay = new AtomicLong();
    private final Queue<Connection> heldBack = new ConcurrentLinkedQueue<>();

    Inflow(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Runs a delivery on the loop's thread, in the order of the calls of each calling thread, and holds back whoever is behind
     * it if too much is under way.
     *
     * @param size of the message, in bytes
     */
    void carry(int size, Runnable delivery) {
        int cost = size + TASK_SIZE;
        long now = underWay.addAndGet(cost);
        loop.execute(() -> {
            try {
                delivery.run();
            } finally {
                arrived(cost);
            }
        });
        if (now > MOST) {
            holdBack();
        }
    }

    private void holdBack() {
        EventLoop sender = EventLoop.current();
        if (sender == null) {
            loop.awaitPass();
            return;
        }
        Connection talker = sender.replies().owner();
        if (talker != null) { // only messages come in floods: what onOpen and onClose send is let through
            talker.holdBack();
            heldBack.add(talker);
            if (hasRoom()) {
                letGo(); // the loop may just have caught up, and not have seen that somebody is held back
            }
        }
    }

    private void arrived(int cost) {
        underWay.addAndGet(-cost);
        if (hasRoom()) {
            letGo();
        }
    }

    private boolean hasRoom() {
        return underWay.get() <= MOST / 2;
    }

    private void letGo() {
        for (Connection talker = heldBack.poll(); talker != null; talker = heldBack.poll()) {
            talker.loop().execute(talker::letGo);
        }
    }
}
