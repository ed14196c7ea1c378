package dev.pushwire.redis;

import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The topics that this node has subscribers of. The number of topics that only patterns match is bounded. Thread-safe.
 */
final class RedisTopics {
    /** How many are kept. If a topic is forgotten and published to again, fewer nodes notice if Redis loses it. */
    private static final int MOST_BY_PATTERN = 10_000;

    private final Function<TopicName, Collection<Subscriber>> wildcards;
    private final Map<TopicName, RedisTopic> topics = new ConcurrentHashMap<>();
    private final AtomicInteger fresh = new AtomicInteger(); // topics made since the last trim

    /** @param wildcards the subscribers to patterns that match a topic */
    RedisTopics(Function<TopicName, Collection<Subscriber>> wildcards) {
        this.wildcards = wildcards;
    }

    @Nullable
    RedisTopic get(TopicName name) {
        return topics.get(name);
    }

    /** The topic, which is made if it is not there. */
    RedisTopic obtain(TopicName name) {
        return topics.computeIfAbsent(name, absent -> {
            fresh.incrementAndGet();
            return new RedisTopic(absent, wildcards);
        });
    }

    void remove(TopicName name) {
        topics.remove(name);
    }

    /** Forgets the topics of a pattern that no client is subscribed to any more. */
    void removeUnused(TopicPattern left, Predicate<RedisTopic> isUsedByName) {
        topics.values()
                .removeIf(topic -> left.matches(topic.name()) && !isUsedByName.test(topic) && !topic.hasWildcards());
    }

    /** Forgets the oldest topics that only patterns match, if there are too many. */
    void trim(Predicate<RedisTopic> isUsedByName) {
        fresh.set(0);
        List<RedisTopic> byPattern =
                topics.values().stream().filter(isUsedByName.negate()).toList();
        byPattern.stream()
                .sorted(Comparator.comparingLong(RedisTopic::usedAt))
                .limit(Math.max(0, byPattern.size() - MOST_BY_PATTERN))
                .forEach(topic -> topics.remove(topic.name()));
    }

    /** Whether enough topics have been made that it is time to {@link #trim}. */
    boolean isTrimDue() {
        return fresh.get() > MOST_BY_PATTERN / 10;
    }

    /** The topics with a known position. */
    List<RedisTopic> begun() {
        return topics.values().stream().filter(topic -> topic.last() != null).toList();
    }
}
