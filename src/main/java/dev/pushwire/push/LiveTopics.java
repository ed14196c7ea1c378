package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.SessionGroup;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topics that this node is subscribed to, up to a limit. Topics without sessions stand in a queue in the order in
 * which they will be given up. A topic without sessions costs nothing until it is used again. Thread-safe.
 */
final class LiveTopics {
    /**
     * The most topics that one page of a list looks at, so that a caller with rights to few of very many topics does
     * not hold up other callers.
     */
    private static final int MOST_LOOKED_AT = 10_000;

    private final Broker broker;
    private final Subscriber subscriber;
    private final TopicRules rules;
    private final SessionGroup.Factory groups;
    private final int most;
    private final InstantSource clock;
    private final Map<TopicName, LiveTopic> topics = new ConcurrentHashMap<>();
    private final NavigableMap<String, LiveTopic> byName = new ConcurrentSkipListMap<>();
    private final Queue<Idle> idle = new ConcurrentLinkedQueue<>();
    private final ReplayCaches replayCaches;
    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder subscriptions = new LongAdder();

    /** @param since as {@link System#nanoTime} */
    private record Idle(LiveTopic topic, long since) {}

    /** @param subscriber this node */
    LiveTopics(
            Broker broker,
            Subscriber subscriber,
            TopicRules rules,
            SessionGroup.Factory groups,
            HubLimits limits,
            InstantSource clock) {
        this.broker = broker;
        this.subscriber = subscriber;
        this.rules = rules;
        this.groups = groups;
        this.most = limits.topics();
        this.replayCaches = new ReplayCaches(limits.replayCacheMemory());
        this.clock = clock;
    }

    Broker broker() {
        return broker;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    SessionGroup.Factory groups() {
        return groups;
    }

    InstantSource clock() {
        return clock;
    }

    ReplayCaches replayCaches() {
        return replayCaches;
    }

    @Nullable
    LiveTopic get(TopicName name) {
        return topics.get(name);
    }

    /**
     * The topic, which is made if it does not exist. The caller must {@link LiveTopic#release} it.
     *
     * @throws TooManyTopicsException if all topics are in use
     * @throws dev.pushwire.broker.BrokerUnavailableException if the node cannot subscribe
     */
    LiveTopic use(TopicName name) {
        return makingRoom(() -> obtain(name));
    }

    private LiveTopic obtain(TopicName name) {
        while (true) {
            LiveTopic live = topics.get(name);
            if (live == null) {
                if (topics.size() >= most) {
                    throw new TooManyTopicsException();
                }
                live = topics.computeIfAbsent(name, this::begin);
            }
            try {
                if (live.use()) {
                    return live;
                }
            } catch (RuntimeException | Error e) {
                if (!retire(live, System.nanoTime() + 1)) {
                    live.queueIfIdle(); // another thread is using it
                }
                throw e;
            }
            forget(live); // it is retired, and about to be forgotten by the thread that did that
        }
    }

    private LiveTopic begin(TopicName name) {
        LiveTopic live = new LiveTopic(name, rules.of(name), this);
        byName.put(name.value(), live);
        return live;
    }

    private void forget(LiveTopic live) {
        topics.remove(live.name(), live);
        byName.remove(live.name().value(), live);
    }

    /**
     * Runs an action that may need room for a topic. If there is none, it gives up topics without sessions, first the
     * one that has been so for longest.
     */
    <R> R makingRoom(Supplier<R> action) {
        while (true) {
            try {
                return action.get();
            } catch (TooManyTopicsException e) {
                if (!makeRoom()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Gives up the topic that has been without sessions for longest.
     *
     * @return false if all topics have sessions
     */
    boolean makeRoom() {
        for (Idle first = idle.poll(); first != null; first = idle.poll()) {
            if (retireQueued(first.topic(), System.nanoTime() + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Queues a topic that has no sessions any more. */
    void queue(LiveTopic topic) {
        idle.add(new Idle(topic, System.nanoTime()));
    }

    /**
     * Leaves topics that have been without sessions since then, and gives memory back. May wait.
     *
     * @param before as {@link System#nanoTime}
     */
    void tidyUp(long before) {
        for (Idle first = idle.peek(); first != null && first.since() - before < 0; first = idle.peek()) {
            if (idle.remove(first)) {
                retireQueued(first.topic(), before);
            }
        }
        replayCaches.tidyUp(before);
    }

    private boolean retireQueued(LiveTopic live, long before) {
        live.leaveQueue();
        boolean retired = retire(live, before);
        if (!retired) {
            live.queueIfIdle();
        }
        return retired;
    }

    private boolean retire(LiveTopic live, long before) {
        try {
            return live.retireUnlessUsedSince(before);
        } finally {
            if (live.isRetired()) { // even where the broker could not be told
                forget(live);
            }
        }
    }

    /** Counts a session that joined or left a topic. */
    void sized(int change, int size) {
        subscriptions.add(change);
        if (size == 0 && change < 0) {
            active.decrementAndGet();
        } else if (size == 1 && change > 0) {
            active.incrementAndGet();
        }
    }

    /** How many topics there are, also those without sessions. */
    int size() {
        return topics.size();
    }

    /** How many topics there may be. */
    int most() {
        return most;
    }

    /** How many topics have sessions. */
    int active() {
        return active.get();
    }

    /** How many subscriptions there are. */
    long subscriptions() {
        return subscriptions.sum();
    }

    /** The topics that have sessions, by name: as many as asked for, or fewer with a next page. */
    TopicPage page(@Nullable String after, int limit, Predicate<TopicName> wanted) {
        List<TopicStatus> found = new ArrayList<>();
        int looks = 0;
        String last = null;
        NavigableMap<String, LiveTopic> behind = after == null ? byName : byName.tailMap(after, false);
        for (Map.Entry<String, LiveTopic> each : behind.entrySet()) {
            if (found.size() == limit || looks == MOST_LOOKED_AT) {
                return new TopicPage(found, last);
            }
            looks++;
            last = each.getKey();
            int size = each.getValue().subscriberGroups().size();
            if (size > 0 && wanted.test(each.getValue().name())) {
                found.add(new TopicStatus(last, size));
            }
        }
        return new TopicPage(found, null);
    }
}
