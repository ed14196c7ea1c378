package dev.pushwire.redis;

import dev.pushwire.broker.ClusterListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes notices on to the listener, each once and in order, whether they come over the channel or are read after an
 * interruption. Thread-safe.
 */
final class NoticeReceiver {
    private static final Logger log = LoggerFactory.getLogger(NoticeReceiver.class);

    private final NodeStore store;
    private final ClusterListener listener;
    private final Duration retention;
    private final NoticeLog notices = new NoticeLog(); // guarded by the lock, as is the next
    private long newestBefore;
    private final ReentrantLock lock = new ReentrantLock();

    NoticeReceiver(NodeStore store, ClusterListener listener, Duration retention) {
        this.store = store;
        this.listener = listener;
        this.retention = retention;
    }

    /**
     * Takes a notice.
     *
     * @return a task that gives this node's answer to it
     */
    Supplier<@Nullable String> hear(Notice notice) {
        lock.lock();
        try {
            return pass(notice);
        } finally {
            lock.unlock();
        }
    }

    private Supplier<@Nullable String> pass(Notice notice) {
        if (!notices.hear(notice)) {
            return () -> null; // it was read from the kept notices before it came
        }
        try {
            return listener.told(notice.text());
        } catch (RuntimeException e) {
            log.error("A notice of another node could not be read", e);
            return () -> null;
        } catch (Error e) {
            notices.forget(notice); // so that it is told again at the next check
            throw e;
        }
    }

    /** Reads missed notices, and keeps lost ones again. Waits for Redis, and for the listener. */
    void catchUp(RedisConnections redis) {
        lock.lock();
        try {
            Map<String, Notice> kept = store.notices(redis);
            kept.values().forEach(this::pass);
            listener.caughtUp();
            List<Notice> lost = notices.missingIn(kept, micros(Instant.now().minus(retention)));
            store.rebroadcast(redis, lost);
            log.debug("{} notices are kept, {} were lost and are kept again", kept.size(), lost.size());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks whether a notice got lost on its way. One that is still on its way now will have come by the next check.
     *
     * @param newest the time of the newest kept notice; 0 for none
     */
    void check(RedisConnections redis, long newest) {
        boolean missed;
        lock.lock();
        try {
            missed = newest != 0 && newest == newestBefore && !notices.hasHeard(newest);
            newestBefore = newest;
        } finally {
            lock.unlock();
        }
        if (missed) {
            catchUp(redis);
        }
    }

    private static long micros(Instant time) {
        return time.toEpochMilli() * 1000;
    }
}
