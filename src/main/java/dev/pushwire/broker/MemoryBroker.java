package dev.pushwire.broker;

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
 * whoever publishes, while the topic is locked; a publisher waits for them once it is free. A topic is forgotten, with its epoch, once {@link #expire} finds nobody and
 * nothing on it. Where the histories of all topics together would take more memory than they may, the oldest publications
 * of all are forgotten before their time.
 */
public final class MemoryBroker implements Broker {
    private final Function<TopicName, Retention> retentions;
    private final InstantSource clock;
    private final HistoryMemory memory;
    private final Map<TopicName, MemoryTopic> topics = new ConcurrentHashMap<>();
    private final PatternIndex<Set<Subscriber>> wildcards = new PatternIndex<>(); // the sets are never changed

    /**
     * A broker without topics.
     *
     * @param retentions how much to remember of each topic; asked when it comes to be
     * @param historyLimit what the histories of all topics may take together, in bytes
     */
    public MemoryBroker(Function<TopicName, Retention> retentions, long historyLimit, InstantSource clock) {
        this.retentions = retentions;
        this.memory = new HistoryMemory(historyLimit);
        this.clock = clock;
    }

    @Override
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        PublishResult result = tell(topic, it -> it.publish(payload, options, clock.instant(), wildcards));
        memory.makeRoom();
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
        } else if (topics.containsKey(pattern.topic())) {
            on(pattern.topic(), topic -> {
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
        return on(topic, it -> it.history(since, limit, clock.instant()));
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
        tell(topic, it -> {
            it.leave(connection, wildcards);
            return it;
        });
    }

    @Override
    public List<Member> members(TopicName topic) {
        return topics.containsKey(topic) ? on(topic, MemoryTopic::members) : List.of();
    }

    /** How many topics take up memory now. */
    public int topics() {
        return topics.size();
    }

    /** What the histories of all topics take now, in bytes. */
    public long historyBytes() {
        return memory.bytes();
    }

    /** How many publications were forgotten before their time, since there was no room for them. */
    public long evicted() {
        return memory.evicted();
    }

    /** Forgets publications whose time is over, and topics on which there is nothing any more; to be called now and then. */
    public void expire() {
        topics.forEach((name, topic) -> {
            synchronized (topic) {
                if (topic.expire(clock.instant())) {
                    topics.remove(name, topic);
                }
            }
        });
    }

    /** Does what subscribers are told of, and then waits for those that are behind, when the topic is free again. */
    private <R> R tell(TopicName name, Function<MemoryTopic, R> action) {
        Told<R> told = on(name, topic -> new Told<>(action.apply(topic), topic.told()));
        told.subscribers().forEach(Subscriber::awaitRoom);
        return told.result();
    }

    private record Told<R>(R result, List<Subscriber> subscribers) {}

    private <R> R on(TopicName name, Function<MemoryTopic, R> action) {
        while (true) {
            MemoryTopic topic = topics.computeIfAbsent(
                    name, absent -> new MemoryTopic(absent, retentions.apply(absent), memory, clock.instant()));
            synchronized (topic) {
                if (!topic.isExpired()) {
                    topic.used(clock.instant());
                    return action.apply(topic);
                }
            }
        }
    }
}
