package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.PatternIndex;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A topic that this node is subscribed to for all its sessions. Its own lock orders what they are sent: a session that
 * comes gets what it missed and joins in one step, so that no publication comes in between. The topic waits for the
 * broker without that lock. A node may have very many topics, most with one session. So parts that few topics need are
 * made on demand.
 */
final class LiveTopic implements SubscriberGroups.Listener {
    private static final AtomicIntegerFieldUpdater<LiveTopic> USERS =
            AtomicIntegerFieldUpdater.newUpdater(LiveTopic.class, "users");
    private static final AtomicIntegerFieldUpdater<LiveTopic> QUEUED =
            AtomicIntegerFieldUpdater.newUpdater(LiveTopic.class, "queued");

    private final TopicName name;
    private final TopicPolicy policy;
    private final LiveTopics topics;
    private final SubscriberGroups subscriberGroups;
    private volatile @Nullable Position latest; // written under the lock
    private volatile PatternIndex.@Nullable Answer<LivePattern> wildcards;
    private @Nullable Recovery recovery; // guarded by this; made when the first session comes back

    private final Object lifecycle = new Object();
    private volatile boolean subscribed;
    private boolean retired; // guarded by lifecycle
    private volatile int users;
    private volatile int queued; // 1 while the topic is in the queue of those without sessions
    private volatile long usedAt = System.nanoTime();

    LiveTopic(TopicName name, TopicPolicy policy, LiveTopics topics) {
        this.name = name;
        this.policy = policy;
        this.topics = topics;
        this.subscriberGroups = new SubscriberGroups(topics.groups(), this);
    }

    TopicName name() {
        return name;
    }

    SubscriberGroups subscriberGroups() {
        return subscriberGroups;
    }

    TopicPolicy policy() {
        return policy;
    }

    /** The patterns that match. */
    List<LivePattern> matching(Patterns patterns) {
        PatternIndex.Answer<LivePattern> known = wildcards;
        PatternIndex.Answer<LivePattern> now = patterns.matching(name, known);
        if (now != known) {
            wildcards = now.isWorthKeeping() ? now : null;
        }
        return now.values();
    }

    /**
     * The broker. Callers must not hold the topic's lock, since all sessions of the topic would wait for the broker.
     */
    Broker broker() {
        assert !Thread.holdsLock(this) : "The broker is asked under the lock of " + name;
        return topics.broker();
    }

    /** The topic's position on this node, which is subscribed. */
    Position now() {
        return Objects.requireNonNull(latest, "the node is subscribed");
    }

    /**
     * Subscribes the node, and keeps the topic until {@link #release}.
     *
     * @return false if the topic is retired: there is, or will be, another in its place
     * @throws dev.pushwire.broker.BrokerUnavailableException if the node cannot subscribe
     */
    boolean use() {
        USERS.incrementAndGet(this);
        boolean inUse = false;
        try {
            if (!isRetired()) { // from now on it is in use, so no thread retires it
                if (!subscribed) {
                    subscribe();
                }
                inUse = true;
            }
            return inUse;
        } finally {
            if (!inUse) {
                USERS.decrementAndGet(this);
            }
        }
    }

    /** Whether the topic is out of use for good. */
    boolean isRetired() {
        synchronized (lifecycle) {
            return retired;
        }
    }

    /** Subscribes without a lock. Callers that wait together are one subscriber to the broker, and share the result. */
    private void subscribe() {
        Position from = broker().subscribe(TopicPattern.exactly(name), topics.subscriber());
        startAt(Objects.requireNonNull(from, "an exact topic has a position"));
        subscribed = true;
    }

    void release() {
        usedAt = System.nanoTime();
        USERS.decrementAndGet(this);
        queueIfIdle();
    }

    /** Queues the topic to be left when it has been without sessions for a while. */
    void queueIfIdle() {
        if (users == 0 && subscriberGroups.isEmpty() && queued == 0 && QUEUED.compareAndSet(this, 0, 1)) {
            topics.queue(this);
        }
    }

    /**
     * Takes the topic out of the queue. The caller looks at the topic afterwards, so that a subscriber that leaves
     * meanwhile queues it again.
     */
    void leaveQueue() {
        queued = 0;
    }

    /**
     * Ends the node's subscription if no session has needed it since then.
     *
     * @return whether the subscription has ended
     */
    boolean retireUnlessUsedSince(long time) {
        if (isNeeded(time)) {
            return false; // without waiting for a thread that uses it
        }
        synchronized (lifecycle) {
            if (retired || isNeeded(time)) {
                return false;
            }
            boolean wasSubscribed = subscribed;
            subscribed = false;
            if (!subscriberGroups.isEmpty()) { // a session came by joinAtOnce
                subscribed = wasSubscribed;
                return false;
            }
            retired = true;
            if (wasSubscribed) {
                broker().unsubscribe(TopicPattern.exactly(name), topics.subscriber());
            }
            return true;
        }
    }

    private boolean isNeeded(long time) {
        return users > 0 || !subscriberGroups.isEmpty() || usedAt - time >= 0;
    }

    @Override
    public void sized(int change, int size) {
        topics.sized(change, size);
        if (size == 0) {
            queueIfIdle();
        }
    }

    private synchronized void startAt(Position from) {
        if (latest == null) { // else publications have come already
            latest = from;
        }
    }

    /**
     * @param wildcards the patterns that match
     * @return how many sessions it was sent to
     */
    synchronized int publish(EncodedPublication publication, List<LivePattern> wildcards) {
        latest = publication.publication().position();
        if (recovery != null) {
            notifyAll();
            recovery.published(publication);
        }
        return FanOut.send(publication, subscriberGroups, wildcards);
    }

    /** @param wildcards the patterns that match */
    synchronized void resumed(Position from, boolean complete, List<LivePattern> wildcards) {
        boolean goesOn = complete && from.equals(latest);
        latest = from;
        notifyAll();
        if (!goesOn && recovery != null) {
            recovery.forget();
        }
        // A client that counts from 0 need not know the new epoch: its first publication is still to come.
        boolean isUntouched = complete && from.offset() == 0;
        SubscriberGroups byName = goesOn ? null : subscriberGroups;
        FanOut.tell(format -> format.resumed(name, from, complete), byName, wildcards, !isUntouched);
    }

    synchronized void joined(Member member) {
        if (policy.presence() == PresencePolicy.EVENTS) {
            subscriberGroups.tell(format -> format.joined(name, member));
        }
    }

    synchronized void left(Member member) {
        if (policy.presence() == PresencePolicy.EVENTS) {
            subscriberGroups.tell(format -> format.left(name, member));
        }
    }

    /**
     * Adds a session on its own event loop, without waiting.
     *
     * @return where the session begins at the latest: every publication after that position reaches it. Null if the
     *     node has not subscribed
     */
    @Nullable
    Position joinAtOnce(MessageFormat format, Session session) {
        usedAt = System.nanoTime();
        subscriberGroups.add(format, session);
        if (!subscribed) { // not yet, or no more: the thread that retires a topic looks for subscribers again
            subscriberGroups.remove(format, session);
            return null;
        }
        return now();
    }

    void leave(MessageFormat format, Session session) {
        usedAt = System.nanoTime();
        subscriberGroups.remove(format, session);
    }

    /**
     * Adds a session.
     *
     * @param first is told where it begins, before the session is sent anything of it
     */
    void join(MessageFormat format, Session session, StartPoint from, Consumer<SubscriptionStart> first) {
        if (!joinNow(format, session, from, first)) {
            recovery().recover(format, session, from, first);
        }
    }

    /**
     * Adds a session that wants nothing of the past, as most do.
     *
     * @return false if it may want something
     */
    private synchronized boolean joinNow(
            MessageFormat format, Session session, StartPoint from, Consumer<SubscriptionStart> first) {
        boolean isNow = from.since() == null
                ? from.newest() == 0 || policy.retention().size() == 0
                : from.since().equals(latest);
        if (isNow) {
            first.accept(new SubscriptionStart(now(), true));
            subscriberGroups.add(format, session);
        }
        return isNow;
    }

    private synchronized Recovery recovery() {
        if (recovery == null) {
            recovery = new Recovery(this, topics.replayCaches(), topics.clock());
        }
        return recovery;
    }
}
