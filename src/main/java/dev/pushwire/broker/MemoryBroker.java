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
 * One node's topics in its own memory. Never unavailable, never waits for a network; subscribers are told on the thread of
 * its publisher, while the topic is locked; a publisher waits for them once it is free. A topic that nobody has published
 * to lasts as long as its subscribers and members; another one is forgotten, with its epoch, a minute after there is nobody and
 * nothing on it. What topics keep together is bounded: where it would take more memory than it may, the oldest is forgotten
 * before its time. What is over is found without a look at what is not.
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
     * @param retentions how much to remember of each topic; asked when it comes to be
     * @param memoryLimit what topics may keep together, in bytes: publications, idempotency keys, and themselves while
     *     nobody is subscribed to them
     * @param mostTopics about how many there may be at a time; beyond that the one that nobody is subscribed to and that was
     *     used least lately is forgotten for the next
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

    /** What topics keep now, in bytes. */
    public long memory() {
        return memory.bytes();
    }

    /** How many publications and idempotency keys were forgotten before their time, since there was no room for them. */
    public long evicted() {
        return memory.evicted();
    }

    /** Forgets what is over; to be called now and then. Takes as long as there is something to forget. */
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

    /** Does what subscribers are told of, and then waits for those that are behind, when the topic is free again. */
    private <R> R tell(TopicName name, Function<MemoryTopic, R> action) {
        Told<R> told = on(name, topic -> new Told<>(action.apply(topic), topic.told()));
        told.subscribers().forEach(Subscriber::awaitRoom);
        return told.result();
    }

    private record Told<R>(R result, List<Subscriber> subscribers) {}

    /** Does something on a topic, which comes to be if it is not there. */
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

    /** Does something on a topic; null when nothing is known of it, and nothing is done. */
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

    /** @param early 1 when that is for want of room, else 0 */
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

    /** The topic, which is locked, may be needed no longer. */
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
