package dev.pushwire.broker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps the topics of one node in memory. It is never unavailable, and never waits for a network.
 * Subscribers are told on the thread of the publisher, while the topic is locked. The publisher waits for them when the
 * topic is free again. So it must be no event loop: what a loop sends to its own sessions overtakes those that are about
 * to join.
 *
 * <p>A topic that was never published to lasts as long as its subscribers and members. Any other topic is forgotten,
 * with its epoch, a minute after the last subscriber, member and publication has gone. The memory of all topics
 * together is bounded: if it is full, the oldest data is forgotten early. The broker finds what has expired without a
 * look at the rest.
 */
public final class MemoryBroker implements Broker {
    private final Function<TopicName, Retention> retentions;
    private final InstantSource clock;
    private final int mostTopics;
    private final TopicMemory memory;
    private final Epochs epochs = new Epochs();
    private final Map<TopicName, MemoryTopic> topics = new ConcurrentHashMap<>();
    private final PatternIndex<Set<Subscriber>> wildcards = new PatternIndex<>(); // the sets are never changed

    /**
     * A broker without topics.
     *
     * @param retentions how much to remember of each topic; asked when the topic is made
     * @param memoryLimit how much memory topics may take together, in bytes: publications, idempotency keys, and topics
     *     without subscribers
     * @param mostTopics about how many topics there may be at a time. Beyond that, the topic without subscribers that
     *     was used least recently is forgotten for the next one
     */
    public MemoryBroker(
            Function<TopicName, Retention> retentions, long memoryLimit, int mostTopics, InstantSource clock) {
        this.retentions = retentions;
        this.memory = new TopicMemory(memoryLimit, MemoryTopic.BARE_LIFE);
        this.mostTopics = mostTopics;
        this.clock = clock;
    }

    @Override
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        Instant now = clock.instant();
        PublishResult result = tell(topic, it -> {
            it.used(now.toEpochMilli());
            return it.publish(payload, options, now, wildcards);
        });
        makeRoom(now.toEpochMilli());
        return result;
    }

    @Override
    public @Nullable Position subscribe(TopicPattern pattern, Subscriber subscriber) {
        if (pattern.hasWildcard()) {
            wildcards.compute(pattern, subscribers -> with(subscribers, subscriber));
            return null;
        }
        return on(pattern.topic(), topic -> {
            topic.subscribe(subscriber);
            return topic.latest();
        });
    }

    @Override
    public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        if (pattern.hasWildcard()) {
            wildcards.compute(pattern, subscribers -> without(subscribers, subscriber));
        } else {
            ifThere(pattern.topic(), topic -> {
                topic.unsubscribe(subscriber);
                return topic;
            });
        }
    }

    private static Set<Subscriber> with(@Nullable Set<Subscriber> subscribers, Subscriber one) {
        Set<Subscriber> all = new LinkedHashSet<>(subscribers == null ? Set.of() : subscribers);
        return all.add(one) || subscribers == null ? all : subscribers;
    }

    private static @Nullable Set<Subscriber> without(@Nullable Set<Subscriber> subscribers, Subscriber one) {
        if (subscribers == null || !subscribers.contains(one)) {
            return subscribers;
        }
        Set<Subscriber> others = new LinkedHashSet<>(subscribers);
        others.remove(one);
        return others.isEmpty() ? null : others;
    }

    @Override
    public History history(TopicName topic, @Nullable Position since, int limit) {
        History history = ifThere(topic, it -> it.history(since, limit, clock.millis()));
        if (history != null) {
            return history;
        }
        Position start = epochs.start(topic);
        return new History(List.of(), since == null || since.equals(start), start);
    }

    @Override
    public void join(TopicName topic, Member member) {
        tell(topic, it -> {
            it.join(member, wildcards);
            return it;
        });
    }

    @Override
    public void leave(TopicName topic, String connection) {
        List<Subscriber> told = ifThere(topic, it -> {
            it.leave(connection, wildcards);
            return it.told();
        });
        if (told != null) {
            told.forEach(Subscriber::awaitRoom);
        }
    }

    @Override
    public List<Member> members(TopicName topic) {
        List<Member> members = ifThere(topic, MemoryTopic::members);
        return members == null ? List.of() : members;
    }

    /** How many topics take up memory now. */
    public int topics() {
        return topics.size();
    }

    /** The memory that topics take now, in bytes. */
    public long memory() {
        return memory.bytes();
    }

    /** How many publications and idempotency keys were forgotten early because there was no room for them. */
    public long evicted() {
        return memory.evicted();
    }

    /** Forgets what has expired. It is called now and then, and takes as long as there is something to forget. */
    public void expire() {
        long now = clock.millis();
        for (Kept over = memory.over(now); over != null; over = memory.over(now)) {
            forget(over, 0);
        }
    }

    private void makeRoom(long now) {
        for (Kept oldest = memory.excess(now); oldest != null; oldest = memory.excess(now)) {
            forget(oldest, 1);
        }
    }

    /**
     * Runs an action that tells subscribers, and then waits for subscribers that are behind, when the topic is free
     * again.
     */
    private <R> R tell(TopicName name, Function<MemoryTopic, R> action) {
        Told<R> told = on(name, topic -> new Told<>(action.apply(topic), topic.told()));
        told.subscribers().forEach(Subscriber::awaitRoom);
        return told.result();
    }

    private record Told<R>(R result, List<Subscriber> subscribers) {}

    /** Runs an action on a topic, which is made if it does not exist. */
    private <R> R on(TopicName name, Function<MemoryTopic, R> action) {
        while (true) {
            MemoryTopic topic = topics.get(name);
            if (topic == null) {
                makeRoomForOne();
                topic = topics.computeIfAbsent(
                        name,
                        absent -> new MemoryTopic(absent, epochs.start(absent), retentions.apply(absent), memory));
            }
            synchronized (topic) {
                if (!topic.isForgotten()) {
                    return settled(topic, action);
                }
            }
        }
    }

    private void makeRoomForOne() {
        while (topics.size() >= mostTopics) {
            Kept idle = memory.idlest(clock.millis());
            if (idle == null) {
                throw new TooManyTopicsException();
            }
            forget(idle, 1);
        }
    }

    /** Runs an action on a topic. Returns null and does nothing if the topic is unknown. */
    private <R> @Nullable R ifThere(TopicName name, Function<MemoryTopic, R> action) {
        MemoryTopic topic = topics.get(name);
        if (topic == null) {
            return null;
        }
        synchronized (topic) {
            return topic.isForgotten() ? null : settled(topic, action);
        }
    }

    private <R> R settled(MemoryTopic topic, Function<MemoryTopic, R> action) {
        try {
            return action.apply(topic);
        } finally {
            settle(topic);
        }
    }

    /** @param early 1 if it is forgotten for lack of room, else 0 */
    private void forget(Kept kept, int early) {
        MemoryTopic topic = kept.topic();
        synchronized (topic) {
            if (memory.holds(kept)) {
                int before = topic.remembered();
                kept.forget();
                memory.countEvicted(early * (before - topic.remembered()));
                settle(topic);
            }
        }
    }

    /** Forgets the topic if nothing needs it. The topic is locked. */
    private void settle(MemoryTopic topic) {
        if (topic.isForgotten() || topic.settle(clock.millis())) {
            topic.forget();
            if (topic.latest().offset() > 0) {
                epochs.end(topic.name(), topic.latest().epoch()); // before it can begin again
            }
            topics.remove(topic.name(), topic);
        }
    }
}
