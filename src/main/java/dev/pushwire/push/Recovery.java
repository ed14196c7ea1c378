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
 * Gives sessions that come back to a topic what they missed. The topic's lock orders what they are sent; the broker is waited
 * for under a lock of its own.
 */
final class Recovery {
    /** Publications that a session is given at once; who missed more is brought closer step by step. */
    private static final int STEP = 256;
    /** So long it takes at most, if nothing is wrong, until all nodes have been told the same. */
    private static final Duration SOON = Duration.ofSeconds(1);
    /** For a node that is still reading what it missed. */
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

    /** For the topic, which is locked: the next publication. */
    void published(EncodedPublication publication) {
        replayCache.add(publication);
    }

    /** The topic does not go on where it stood, or the memory is wanted back. */
    void forget() {
        synchronized (topic) {
            replayCache.forget();
        }
    }

    /**
     * Gives back what nobody has asked for since then, and what is over.
     *
     * @param before as {@link System#nanoTime}
     * @return what it takes still, in bytes
     */
    long tidyUp(long before) {
        synchronized (topic) {
            replayCache.tidyUp(before, clock.millis());
            return replayCache.bytes();
        }
    }

    /**
     * Adds a session from where it left off, if the history reaches back so far, else with as much of the past as it wants.
     *
     * @param first is told where it begins, before the session is sent anything of it
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
                    continue; // another topic has just needed the memory, or so much has come meanwhile
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

    /** Has the newest publications at hand, as many as are wanted, or as there are. */
    private void readNewest(int wanted) {
        Position now = topic.now();
        Position at = now.at(Math.max(0, now.offset() - Math.min(wanted, retention.size())));
        if (!at.equals(now) && !reach(at)) {
            reach(at); // that far it does not go; this time all there is is read
        }
    }

    /** For the topic, which is locked: behind which position these stand. */
    private Position newestAtHand(int wanted) {
        Position now = topic.now();
        return now.at(now.offset() - Math.min(wanted, replayCache.atHand(System.nanoTime(), clock.millis())));
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
     * Where a position stands in this epoch; the position itself when the broker does not know. A client that comes from another node
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

    /** Null when the broker is to be asked. */
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

    /** Reads the history, unless another session has done so, up to this position; returns whether it reaches back so far. */
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

    /** What was published behind a position, as much as makes a step; null when that is not at hand. */
    private @Nullable List<EncodedPublication> behind(Position at) {
        if (!at.epoch().equals(topic.now().epoch())) {
            return null;
        }
        return at.equals(topic.now())
                ? List.of()
                : replayCache.behind(at.offset(), STEP, System.nanoTime(), clock.millis());
    }
}
