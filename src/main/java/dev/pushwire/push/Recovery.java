package dev.pushwire.push;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives sessions that come back to a topic what they missed. The topic's lock orders what they are sent. Recovery waits
 * for the broker under a lock of its own.
 */
final class Recovery {
    /** How many publications a session is given at once. A session that missed more is brought closer step by step. */
    private static final int STEP = 256;
    /** The longest time until all nodes have been told the same, if nothing is wrong. */
    private static final Duration SOON = Duration.ofSeconds(1);
    /** The same for a node that is still reading what it missed. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private final LiveTopic topic;
    private final TopicName name;
    private final Retention retention;
    private final ReplayCaches replayCaches;
    private final InstantSource clock;
    private final EpochTranslations formerEpochs = new EpochTranslations();
    private final ReentrantLock reading = new ReentrantLock();
    private final ReplayCache replayCache; // guarded by the topic

    Recovery(LiveTopic topic, ReplayCaches replayCaches, InstantSource clock) {
        this.topic = topic;
        this.name = topic.name();
        this.retention = topic.policy().retention();
        this.replayCaches = replayCaches;
        this.clock = clock;
        this.replayCache = new ReplayCache(retention, topic.policy().slowConsumers());
    }

    /** Takes the next publication. The topic is locked. */
    void published(EncodedPublication publication) {
        replayCache.add(publication);
    }

    /** Forgets the publications: the topic does not continue where it stood, or the memory is needed. */
    void forget() {
        synchronized (topic) {
            replayCache.forget();
        }
    }

    /**
     * Gives back the memory of publications that no session has asked for since then, and of expired ones.
     *
     * @param before as {@link System#nanoTime}
     * @return how much memory is still taken, in bytes
     */
    long tidyUp(long before) {
        synchronized (topic) {
            replayCache.tidyUp(before, clock.millis());
            return replayCache.bytes();
        }
    }

    /**
     * Adds a session from where it left off, if the history reaches back so far. Otherwise the session begins with as
     * much of the past as it wants.
     *
     * @param first is told where the session begins, before it is sent anything
     */
    void recover(MessageFormat format, Session session, StartPoint from, Consumer<SubscriptionStart> first) {
        SubscriberGroups subscriberGroups = topic.subscriberGroups();
        Position since = from.since();
        boolean anew = since == null;
        Position at = since == null ? topic.now() : inThisEpoch(since);
        boolean begun = false;
        while (true) {
            boolean reached = begun ? reachIfPossible(at) : !anew && reach(at);
            if (!begun && !reached) {
                anew = true;
                readNewest(from.newest());
            }
            List<EncodedPublication> step;
            synchronized (topic) {
                if (anew && !begun) {
                    at = newestAtHand(from.newest());
                    reached = true;
                }
                step = reached ? behind(at) : null;
                if (step == null && reached) {
                    continue; // another topic has just needed the memory, or too much has come meanwhile
                }
                if (step == null) {
                    tellLost(format, session);
                    subscriberGroups.add(format, session);
                    return;
                }
                if (!begun) {
                    begun = true;
                    first.accept(new SubscriptionStart(at, since == null || !anew));
                }
                if (isLast(step, format)) {
                    step.forEach(publication -> session.sendUnpaced(publication.as(format)));
                    subscriberGroups.add(format, session);
                    return;
                }
            }
            for (EncodedPublication publication : step) {
                if (!CatchUpThrottle.await(session)) {
                    return;
                }
                session.send(publication.as(format));
            }
            at = step.getLast().publication().position();
        }
    }

    /** Reads the newest publications: as many as are wanted, or as there are. */
    private void readNewest(int wanted) {
        Position now = topic.now();
        Position at = now.at(Math.max(0, now.offset() - Math.min(wanted, retention.size())));
        if (!at.equals(now) && !reach(at)) {
            reach(at); // the history is shorter than that; this time all of it is read
        }
    }

    /** The position before the newest publications at hand. The topic is locked. */
    private Position newestAtHand(int wanted) {
        Position now = topic.now();
        return now.at(now.offset() - Math.min(wanted, replayCache.atHand(System.nanoTime(), clock.millis())));
    }

    /** Reads the history in the middle of a recovery, where the session can no longer be told of a failure. */
    private boolean reachIfPossible(Position at) {
        try {
            return reach(at);
        } catch (BrokerUnavailableException e) {
            return false;
        }
    }

    /**
     * The same position in this epoch, or the position itself if the broker does not know. Another node may have told
     * the client of a position that this node is about to hear of. In that case the method waits for it.
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
            history = topic.broker().history(name, since, 1);
            if (!history.recovered() || isReachedBy(topic.now(), history, since)) {
                return formerEpochs.learn(since, history, topic.now());
            }
        } finally {
            reading.unlock();
        }
        awaitPosition(now -> isReachedBy(now, history, since), LATER);
        return formerEpochs.learn(since, history, topic.now());
    }

    /** Translates without the broker; null if the broker must be asked. */
    private @Nullable Position translate(Position since) {
        Position now = topic.now();
        return isAhead(since, now) ? null : formerEpochs.translate(since, now);
    }

    private static boolean isAhead(Position since, Position now) {
        return since.epoch().equals(now.epoch()) && since.offset() > now.offset();
    }

    /** Whether this node is as far as a position that the broker knows. */
    private static boolean isReachedBy(Position now, History history, Position since) {
        return now.epoch().equals(history.latest().epoch()) && now.offset() >= since.offset();
    }

    private void awaitPosition(Predicate<Position> condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toMillis();
        try {
            synchronized (topic) {
                while (!condition.test(topic.now()) && left > 0) {
                    topic.wait(left);
                    left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isLast(List<EncodedPublication> step, MessageFormat format) {
        long bytes = 0;
        for (EncodedPublication publication : step) {
            bytes += publication.as(format).size();
        }
        return step.size() < STEP && bytes <= CatchUpThrottle.COMFORTABLE;
    }

    private void tellLost(MessageFormat format, Session session) {
        OutboundMessage message = format.resumed(name, topic.now(), false);
        if (message == null) {
            session.close(PushClose.NOT_RECOVERED.status());
        } else {
            session.sendUnpaced(message);
        }
    }

    /**
     * Reads the history up to this position, unless another session has done so.
     *
     * @return whether the history reaches back so far
     */
    private boolean reach(Position at) {
        boolean reached = read(at);
        long bytes;
        synchronized (topic) {
            bytes = replayCache.bytes();
        }
        if (bytes > 0) {
            replayCaches.used(this, bytes);
        }
        return reached;
    }

    private boolean read(Position at) {
        if (isReached(at)) {
            return true;
        }
        reading.lock();
        try {
            boolean again;
            synchronized (topic) {
                if (isReached(at)) {
                    return true;
                }
                if (!at.epoch().equals(topic.now().epoch())
                        || at.offset() > topic.now().offset()
                        || replayCache.isWhole()
                        || retention.size() == 0) {
                    return false;
                }
                replayCache.keepFrom(topic.now().offset());
                again = replayCache.reads() > 0;
            }
            // The first of many reads what it needs; if the next needs more, it reads all there is, for the others.
            History history = topic.broker().history(name, again ? null : at, retention.size());
            synchronized (topic) {
                if (history.latest().epoch().equals(topic.now().epoch())) {
                    replayCache.prepend(history.publications(), again);
                }
                return isReached(at);
            }
        } finally {
            reading.unlock();
        }
    }

    private boolean isReached(Position at) {
        synchronized (topic) {
            return behind(at) != null;
        }
    }

    /** The publications after a position, at most one step of them; null if they are not at hand. */
    private @Nullable List<EncodedPublication> behind(Position at) {
        if (!at.epoch().equals(topic.now().epoch())) {
            return null;
        }
        return at.equals(topic.now())
                ? List.of()
                : replayCache.behind(at.offset(), STEP, System.nanoTime(), clock.millis());
    }
}
