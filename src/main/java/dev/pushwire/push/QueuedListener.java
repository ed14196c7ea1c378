package dev.pushwire.push;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events of the broker to an application's listener, on a virtual thread that lives while events wait. The queue
 * is bounded. If it overflows, the listener catches up, and is then told that it missed something.
 */
final class QueuedListener implements Subscriber {
    /** How many calls may wait. A slow listener can ride out a burst of this size. */
    static final int MOST = 10_000;
    /** How many bytes the waiting publications may have: a few of the largest. */
    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(QueuedListener.class);

    private final TopicListener listener;
    private final Deque<Call> waiting = new ArrayDeque<>(); // guarded by this, as are the others
    private long bytes;
    private boolean overflowed;
    private boolean running;
    private boolean closed;

    private record Call(int bytes, Runnable body) {}

    QueuedListener(TopicListener listener) {
        this.listener = listener;
    }

    @Override
    public void published(Publication publication) {
        add(new Call(publication.payload().size(), () -> listener.published(publication)));
    }

    @Override
    public void resumed(TopicName topic, Position from, boolean complete) {
        if (!complete) {
            add(new Call(0, () -> listener.missed(topic)));
        }
    }

    @Override
    public void joined(TopicName topic, Member member) {}

    @Override
    public void left(TopicName topic, Member member) {}

    private synchronized void add(Call call) {
        if (closed) {
            return;
        }
        if (overflowed || waiting.size() == MOST || bytes >= MOST_BYTES) {
            // It stays true until all waiting calls are done: the listener misses one stretch, not single events.
            overflowed = true;
            return;
        }
        waiting.add(call);
        bytes += call.bytes;
        if (!running) {
            running = true;
            Thread.ofVirtual().name("pushwire-topic-listener").start(this::work);
        }
    }

    private void work() {
        for (Call next = next(); next != null; next = next()) {
            try {
                next.body.run();
            } catch (Throwable t) {
                log.error("A topic listener failed. It still gets the next publication", t);
            }
        }
    }

    private synchronized @Nullable Call next() {
        Call next = waiting.poll();
        if (next == null && overflowed) {
            overflowed = false;
            next = new Call(0, () -> listener.missed(null));
        }
        if (next == null) {
            running = false;
        } else {
            bytes -= next.bytes;
        }
        return next;
    }

    /** Tells the listener nothing more. A call that is under way goes on. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        bytes = 0;
        overflowed = false;
    }
}
