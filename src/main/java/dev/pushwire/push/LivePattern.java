package dev.pushwire.push;

import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/**
 * A pattern with wildcards that this node is subscribed to for all its sessions. Sessions that want the pattern wait
 * for the broker together, and hold no lock while they wait.
 */
final class LivePattern {
    private static final AtomicIntegerFieldUpdater<LivePattern> USERS =
            AtomicIntegerFieldUpdater.newUpdater(LivePattern.class, "users");
    private static final AtomicIntegerFieldUpdater<LivePattern> JOINING =
            AtomicIntegerFieldUpdater.newUpdater(LivePattern.class, "joining");

    private final TopicPattern pattern;
    private final SubscriberGroups subscriberGroups;
    private final Object joins = new Object();
    private volatile int joining; // sessions that are being told of their subscription, perhaps not yet in the groups
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
     * Subscribes the node, and keeps the pattern until {@link #release}.
     *
     * @param subscribe asks the broker; if it throws, the pattern is not in use
     * @return false if the pattern is retired: there is, or will be, another in its place
     */
    boolean use(Consumer<TopicPattern> subscribe) {
        USERS.incrementAndGet(this);
        boolean inUse = false;
        try {
            if (!isRetired()) { // from now on it is in use, so no thread retires it
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

    /** Whether the pattern is out of use for good. */
    boolean isRetired() {
        synchronized (lifecycle) {
            return retired;
        }
    }

    /**
     * Adds a session. A publication that begins after {@code first} has told the session reaches it: see
     * {@link #awaitJoins}.
     *
     * @param first tells the session; must not wait
     */
    void join(MessageFormat format, Session session, Runnable first) {
        JOINING.incrementAndGet(this);
        try {
            synchronized (joins) {
                first.run();
                subscriberGroups.add(format, session);
            }
        } finally {
            JOINING.decrementAndGet(this);
        }
    }

    /**
     * Waits until every session that was told that it is subscribed is in the groups. A publication goes to the groups
     * only then.
     */
    void awaitJoins() {
        if (joining > 0) {
            synchronized (joins) {
                return; // a session that is told from now on need not be sent what is published already
            }
        }
    }

    void release() {
        USERS.decrementAndGet(this);
    }

    /** Whether no session is subscribed, or about to be. */
    boolean isDeserted() {
        return users == 0 && subscriberGroups.isEmpty();
    }

    /**
     * Ends the node's subscription if no session needs it.
     *
     * @param unsubscribe tells the broker, in order with later calls for the pattern
     * @return whether the subscription has ended
     */
    boolean retireIfDeserted(Consumer<TopicPattern> unsubscribe) {
        if (!isDeserted()) {
            return false; // without waiting for a thread that uses it
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
