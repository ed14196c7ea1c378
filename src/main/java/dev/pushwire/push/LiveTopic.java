package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.PatternIndex;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A topic that this node is subscribed to, on behalf of all its sessions. Its own lock orders what they are sent: a session
 * that comes is given what it missed and added in one step, so that nothing is published in between. Waiting for the broker
 * is done under locks of its own.
 */
final class LiveTopic {
    /** Publications that a session is given at once; who missed more is brought closer step by step. */
    private static final int STEP = 256;
    /** So long it takes at most, if nothing is wrong, until all nodes have been told the same. */
    private static final Duration SOON = Duration.ofSeconds(1);
    /** For a node that is still reading what it missed. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private final TopicName name;
    private final TopicPolicy policy;
    private final Broker broker;
    private final Subscriber subscriber;
    private final Audiences audiences;
    private final FormerEpochs formerEpochs = new FormerEpochs();
    private final Tail tail; // guarded by this
    private volatile @Nullable Position latest; // written under the lock
    private volatile PatternIndex.@Nullable Answer<Audiences> wildcards;

    private final ReentrantLock lifecycle = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean subscribed;
    private boolean retired; // guarded by lifecycle
    private int users; // guarded by lifecycle
    private volatile long usedAt = System.nanoTime();

    LiveTopic(TopicName name, TopicPolicy policy, Broker broker, Subscriber subscriber, SessionGroup.Factory groups) {
        this.name = name;
        this.policy = policy;
        this.broker = broker;
        this.subscriber = subscriber;
        this.audiences = new Audiences(groups);
        this.tail = new Tail(policy.retention().size(), policy.slowConsumers());
    }

    Audiences audiences() {
        return audiences;
    }

    TopicPolicy policy() {
        return policy;
    }

    /** The subscribers to those patterns that match. */
    List<Audiences> matching(Patterns patterns) {
        PatternIndex.Answer<Audiences> known = wildcards;
        PatternIndex.Answer<Audiences> now = patterns.matching(name, known);
        if (now != known) {
            wildcards = now.isWorthKeeping() ? now : null;
        }
        return now.values();
    }

    /**
     * Has the node subscribed, and keeps the topic until {@link #release}.
     *
     * @return false when the topic is retired: there is, or will be, another in its place
     * @throws dev.pushwire.broker.BrokerUnavailableException when the node cannot subscribe
     */
    boolean use() {
        lifecycle.lock();
        try {
            if (retired) {
                return false;
            }
            users++;
            if (subscribed) {
                return true;
            }
        } finally {
            lifecycle.unlock();
        }
        boolean inUse = false;
        try {
            subscribe();
            inUse = true;
            return true;
        } finally {
            if (!inUse) {
                release();
            }
        }
    }

    /** Without a lock: to the broker, all who wait are one subscriber, and share what comes of it. */
    private void subscribe() {
        startAt(Objects.requireNonNull(
                broker.subscribe(TopicPattern.exactly(name), subscriber), "an exact topic has a position"));
        subscribed = true; // it is in use, so nobody retires it
    }

    void release() {
        usedAt = System.nanoTime();
        lifecycle.lock();
        try {
            users--;
        } finally {
            lifecycle.unlock();
        }
    }

    /** Ends the node's subscription if nobody has needed it since then; returns whether that is so. */
    boolean retireUnlessUsedSince(long time) {
        if (!lifecycle.tryLock()) {
            return false; // somebody is using it
        }
        try {
            if (users > 0 || !audiences.isEmpty() || usedAt - time >= 0) {
                return false;
            }
            boolean wasSubscribed = subscribed;
            subscribed = false;
            if (!audiences.isEmpty()) { // somebody joined at once
                subscribed = wasSubscribed;
                return false;
            }
            retired = true;
            broker.unsubscribe(TopicPattern.exactly(name), subscriber);
            return true;
        } finally {
            lifecycle.unlock();
        }
    }

    /** Gives back what was kept for sessions that came back. */
    synchronized void forgetTailUnlessUsedSince(long time) {
        tail.forgetUnlessUsedSince(time);
    }

    private synchronized void startAt(Position from) {
        if (latest == null) { // else publications have come already
            latest = from;
        }
    }

    /**
     * @param wildcards audiences of patterns that match
     * @return how many sessions it was sent to
     */
    synchronized int publish(Encoded publication, List<Audiences> wildcards) {
        latest = publication.publication().position();
        notifyAll();
        tail.add(publication);
        List<Audiences> all = new ArrayList<>(wildcards);
        all.add(audiences);
        return Delivery.send(publication, all);
    }

    synchronized void resumed(Position from, boolean complete) {
        boolean goesOn = complete && from.equals(latest);
        latest = from;
        notifyAll();
        if (!goesOn) {
            tail.forget();
            audiences.tell(format -> format.resumed(name, from, complete), true);
        }
    }

    synchronized void joined(Member member) {
        if (policy.presence() == PresencePolicy.EVENTS) {
            audiences.tell(format -> format.joined(name, member), false);
        }
    }

    synchronized void left(Member member) {
        if (policy.presence() == PresencePolicy.EVENTS) {
            audiences.tell(format -> format.left(name, member), false);
        }
    }

    /** Adds a session on its own event loop, without waiting for anybody; returns false when the node has not subscribed. */
    boolean joinAtOnce(MessageFormat format, Session session) {
        usedAt = System.nanoTime();
        audiences.add(format, session);
        if (!subscribed) { // not yet, or no more: whoever retires a topic looks again who is there
            audiences.remove(format, session);
            return false;
        }
        return true;
    }

    void leave(MessageFormat format, Session session) {
        usedAt = System.nanoTime();
        audiences.remove(format, session);
    }

    /** Adds a session from now on. */
    synchronized void join(MessageFormat format, Session session, Consumer<Start> first) {
        first.accept(new Start(now(), true));
        audiences.add(format, session);
    }

    /**
     * Adds a session from where it left off, if the history reaches back so far, else from now on.
     *
     * @param first is told where it begins, before the session is sent anything of it
     */
    void recover(MessageFormat format, Session session, Position since, Consumer<Start> first) {
        Position at = inThisEpoch(since);
        boolean begun = false;
        while (true) {
            boolean reached = begun ? reachIfPossible(at) : reach(at);
            List<Encoded> step;
            synchronized (this) {
                step = reached ? behind(at) : null;
                if (step == null) {
                    if (begun) {
                        tellLost(format, session);
                    } else {
                        first.accept(new Start(now(), false));
                    }
                    audiences.add(format, session);
                    return;
                }
                if (!begun) {
                    begun = true;
                    first.accept(new Start(at, true));
                }
                if (isLast(step, format)) {
                    step.forEach(publication -> session.send(publication.as(format)));
                    audiences.add(format, session);
                    return;
                }
            }
            for (Encoded publication : step) {
                if (!Pace.await(session)) {
                    return;
                }
                session.send(publication.as(format));
            }
            at = step.getLast().publication().position();
        }
    }

    /** In the middle of it, there is nobody any more to be told why not. */
    private boolean reachIfPossible(Position at) {
        try {
            return reach(at);
        } catch (BrokerUnavailableException e) {
            return false;
        }
    }

    /**
     * Where a position stands in this epoch; the position itself when the broker does not know. Whoever comes from another node
     * may have been told there what this node is about to be told: then waits for that.
     */
    private Position inThisEpoch(Position since) {
        awaitPosition(now -> !isAhead(since, now), SOON);
        Position known = translate(since);
        if (known != null) {
            return known;
        }
        History history;
        reading.lock();
        try {
            known = translate(since);
            if (known != null) {
                return known;
            }
            history = broker.history(name, since, 1);
            if (!history.recovered() || isReachedBy(now(), history, since)) {
                return formerEpochs.learn(since, history, now());
            }
        } finally {
            reading.unlock();
        }
        awaitPosition(now -> isReachedBy(now, history, since), LATER);
        return formerEpochs.learn(since, history, now());
    }

    /** Null when the broker is to be asked. */
    private @Nullable Position translate(Position since) {
        Position now = now();
        return isAhead(since, now) ? null : formerEpochs.translate(since, now);
    }

    private static boolean isAhead(Position since, Position now) {
        return since.epoch().equals(now.epoch()) && since.offset() > now.offset();
    }

    /** Whether this node is as far as a position that the broker knows. */
    private static boolean isReachedBy(Position now, History history, Position since) {
        return now.epoch().equals(history.latest().epoch()) && now.offset() >= since.offset();
    }

    private synchronized void awaitPosition(Predicate<Position> condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toMillis();
        try {
            while (!condition.test(now()) && left > 0) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isLast(List<Encoded> step, MessageFormat format) {
        long bytes = 0;
        for (Encoded publication : step) {
            bytes += publication.as(format).size();
        }
        return step.size() < STEP && bytes <= Pace.COMFORTABLE;
    }

    private void tellLost(MessageFormat format, Session session) {
        OutboundMessage message = format.resumed(name, now(), false);
        if (message == null) {
            session.close(PushClose.NOT_RECOVERED.status());
        } else {
            session.send(message);
        }
    }

    /** Reads the history, unless another session has done so, up to this position; returns whether it reaches back so far. */
    private boolean reach(Position at) {
        if (isReached(at)) {
            return true;
        }
        reading.lock();
        try {
            boolean again;
            synchronized (this) {
                if (isReached(at)) {
                    return true;
                }
                if (!at.epoch().equals(now().epoch())
                        || at.offset() > now().offset()
                        || tail.isWhole()
                        || policy.retention().size() == 0) {
                    return false;
                }
                tail.keepFrom(now().offset());
                again = tail.reads() > 0;
            }
            // The first of many reads what it needs; if the next needs more, it reads all there is, for the others.
            History history =
                    broker.history(name, again ? null : at, policy.retention().size());
            synchronized (this) {
                if (history.latest().epoch().equals(now().epoch())) {
                    tail.prepend(history.publications(), again);
                }
                return isReached(at);
            }
        } finally {
            reading.unlock();
        }
    }

    private synchronized boolean isReached(Position at) {
        return behind(at) != null;
    }

    /** What was published behind a position, as much as makes a step; null when that is not at hand. */
    private @Nullable List<Encoded> behind(Position at) {
        if (!at.epoch().equals(now().epoch())) {
            return null;
        }
        return at.equals(latest) ? List.of() : tail.behind(at.offset(), STEP, System.nanoTime());
    }

    private Position now() {
        return Objects.requireNonNull(latest, "the node is subscribed");
    }
}
