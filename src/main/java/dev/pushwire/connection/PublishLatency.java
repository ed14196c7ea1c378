package dev.pushwire.connection;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures, for one event loop, how long a message to a group takes from the publisher's call to the members' sockets.
 * It takes at most one sample a pass, of the message that waited longest, and a busy loop skips passes. So no message
 * needs a look at the clock, or a write to shared memory.
 */
final class PublishLatency {
    private static final Logger log = LoggerFactory.getLogger(PublishLatency.class);

    /** The time between two samples. A thousand a second tell as much as all. */
    private static final long GAP = TimeUnit.MILLISECONDS.toNanos(1);

    private volatile PublishListener listener = nanos -> {};
    private boolean waiting;
    private long oldest;
    private long nextSample;

    PublishLatency(long now) {
        nextSample = now;
    }

    /** Sets the listener. Any thread may call it. */
    void tell(PublishListener publishListener) {
        listener = publishListener;
    }

    /** A message is in the outboxes of the members, and will be written at the end of this pass. */
    void handedOver(long publishedAt) {
        if (!waiting || publishedAt - oldest < 0) {
            oldest = publishedAt;
        }
        waiting = true;
    }

    /**
     * Everything that the sockets take is written.
     *
     * @param now the start of this pass
     */
    void flushed(long now) {
        if (!waiting) {
            return;
        }
        waiting = false;
        if (now - nextSample >= 0) {
            nextSample = now + GAP;
            try {
                listener.written(Math.max(0, System.nanoTime() - oldest));
            } catch (Throwable t) { // a failing listener must not keep the loop from its deadlines
                log.error("The latency of a message could not be reported", t);
            }
        }
    }
}
