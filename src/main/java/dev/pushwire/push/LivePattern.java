package dev.pushwire.push;

import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.SessionGroup;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/**
 * A pattern with wildcards that this node is subscribed to, on behalf of all its sessions. The broker is waited for without a lock, by
 * all at once who want the pattern.
 */
final class LivePattern {
    private static final AtomicIntegerFieldUpdater<LivePattern> USERS =
            AtomicIntegerFieldUpdater.newUpdater(LivePattern.class, "users");

    private final TopicPattern pattern;
    private final SubscriberGroups subscriberGroups;
    private final Object lifecycle = new Object();
    private volatile boolean subscribed;
    private boolean retired; // guarded by lifecycle
    private volatile int users;

    LivePattern(TopicPattern pattern, SessionGroup.Factory groups, SubscriberGroups.Listener listener) {
        this.pattern = pattern;
        this.subscriberGroups = new SubscriberGroups(groups, listener);
    }

    TopicPattern pattern() {
        return pattern;
    }

    SubscriberGroups subscriberGroups() {
        return subscriberGroups;
    }

    /**
     * Has the node subscribed, and keeps the pattern until {@link #release}.
     *
     * @param subscribe asks the broker; where that throws, the pattern is not in use
     * @return false when the pattern is retired: there is, or will be, another in its place
     */
    boolean use(Consumer<TopicPattern> subscribe) {
        USERS.incrementAndGet(this);
        boolean inUse = false;
        try {
            if (!isRetired()) { // from here on it is in use, and nobody retires it
                if (!subscribed) {
                    subscribe.accept(pattern);
                    subscribed = true;
                }
                inUse = true;
            }
            return inUse;
        } finally {
            if (!inUse) {
                release();
            }
        }
    }

    /** Whether it is in use no more, and never will be again. */
    boolean isRetired() {
        synchronized (lifecycle) {
            return retired;
        }
    }

    void release() {
        USERS.decrementAndGet(this);
    }

    /** Whether nobody is subscribed, or about to be. */
    boolean isDeserted() {
        return users == 0 && subscriberGroups.isEmpty();
    }

    /**
     * Ends the node's subscription if nobody needs it.
     *
     * @param unsubscribe tells the broker, in its order with what comes next for the pattern
     * @return whether that is so
     */
    boolean retireIfDeserted(Consumer<TopicPattern> unsubscribe) {
        if (!isDeserted()) {
            return false; // without a wait for a user of it
        }
        synchronized (lifecycle) {
            if (retired || !isDeserted()) {
                return false;
            }
            retired = true;
            if (subscribed) {
                unsubscribe.accept(pattern);
            }
            return true;
        }
    }
}
