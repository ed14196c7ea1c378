package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node is subscribed to, and the way from Redis to its subscribers. All messages pass through one {@link Inbox}, so
 * that reading the history for one of them holds up those behind it and no thread of the Redis client. Thread-safe.
 */
final class FanIn {
    private static final Logger log = LoggerFactory.getLogger(FanIn.class);
    /** Publications to read at once. */
    private static final int STEP = 1000;

    private static final List<String> PATTERN_CHANNELS =
            IntStream.range(0, Keys.PARTITIONS).mapToObj(Keys::patternChannel).toList();

    private final TopicStore store;
    private final Inbox inbox = new Inbox();
    private final Map<TopicName, RedisTopic> topics = new ConcurrentHashMap<>();
    private final Map<TopicPattern, Set<Subscriber>> patterns = new ConcurrentHashMap<>();
    private final ReentrantLock subscribing = new ReentrantLock();

    FanIn(TopicStore store) {
        this.store = store;
    }

    /** A message of a channel; does not wait. Returns false when too many wait, and connections should be given up. */
    boolean received(RedisLink link, String channel, byte[] bytes) {
        return inbox.add(bytes.length, () -> {
            Wire.Message message = Wire.read(bytes);
            boolean byName = channel.equals(Keys.channel(message.topic()));
            RedisTopic topic = byName ? topics.get(message.topic()) : byPattern(message.topic());
            if (topic != null && topic.take(message) == RedisTopic.Verdict.GAP) {
                heal(topic, link.connections());
            }
        });
    }

    /** A topic that is subscribed to by name has a channel of its own, and what comes over the others it has had already. */
    private @Nullable RedisTopic byPattern(TopicName name) {
        if (matching(name).isEmpty()) {
            return null;
        }
        RedisTopic topic = topics.computeIfAbsent(name, absent -> new RedisTopic(absent, this::matching));
        return topic.hasExact() ? null : topic;
    }

    private Collection<Subscriber> matching(TopicName name) {
        if (patterns.isEmpty()) {
            return List.of();
        }
        Set<Subscriber> found = new HashSet<>();
        patterns.forEach((pattern, subscribers) -> {
            if (pattern.matches(name)) {
                found.addAll(subscribers);
            }
        });
        return found;
    }

    /** Reads what is missing of a topic; on the inbox's thread. If Redis is away, this is done when it is back. */
    private void heal(RedisTopic topic, RedisConnections redis) {
        boolean more = true;
        while (more) {
            Position from = topic.last();
            if (from == null) {
                return;
            }
            History history = store.history(redis, topic.name(), from, STEP);
            more = topic.catchUp(from, history);
        }
    }

    @Nullable
    Position subscribe(RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        subscribing.lock();
        try {
            return pattern.hasWildcard()
                    ? subscribeToPattern(redis, pattern, subscriber)
                    : subscribeByName(redis, pattern.topic(), subscriber);
        } finally {
            subscribing.unlock();
        }
    }

    private @Nullable Position subscribeToPattern(RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        if (patterns.isEmpty()) {
            redis.subscribe(PATTERN_CHANNELS);
        }
        patterns.computeIfAbsent(pattern, absent -> ConcurrentHashMap.newKeySet())
                .add(subscriber);
        return null;
    }

    private Position subscribeByName(RedisConnections redis, TopicName name, Subscriber subscriber) {
        RedisTopic topic = topics.computeIfAbsent(name, absent -> new RedisTopic(absent, this::matching));
        if (topic.hasExact()) {
            topic.add(subscriber);
            return Objects.requireNonNull(topic.last(), "known since it was opened");
        }
        topic.expect();
        try {
            redis.subscribe(List.of(Keys.channel(name)));
            Position from = store.history(redis, name, null, 1).latest();
            List<Wire.Message> early = topic.open(from, store.members(redis, name), subscriber);
            inbox.add(0, () -> {
                for (Wire.Message message : early) {
                    if (topic.take(message) == RedisTopic.Verdict.GAP) {
                        heal(topic, redis);
                    }
                }
            });
            return from;
        } catch (BrokerUnavailableException e) {
            topic.giveUp();
            topics.remove(name, topic);
            throw e;
        }
    }

    /** @param redis null while it is away */
    void unsubscribe(@Nullable RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        subscribing.lock();
        try {
            if (pattern.hasWildcard()) {
                unsubscribeFromPattern(redis, pattern, subscriber);
                return;
            }
            TopicName name = pattern.topic();
            RedisTopic topic = topics.get(name);
            if (topic == null) {
                return;
            }
            topic.remove(subscriber);
            if (!topic.hasExact()) {
                topics.remove(name);
                if (redis != null) {
                    redis.unsubscribe(List.of(Keys.channel(name)));
                }
            }
        } finally {
            subscribing.unlock();
        }
    }

    private void unsubscribeFromPattern(@Nullable RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        patterns.computeIfPresent(pattern, (same, subscribers) -> {
            subscribers.remove(subscriber);
            return subscribers.isEmpty() ? null : subscribers;
        });
        if (patterns.isEmpty()) {
            topics.values().removeIf(topic -> !topic.hasExact());
            if (redis != null) {
                redis.unsubscribe(PATTERN_CHANNELS);
            }
        }
    }

    /** There are new connections: subscribes to everything again, and has what was missed meanwhile read. */
    void resume(RedisConnections redis, Map<TopicName, Position> acknowledged) {
        subscribing.lock();
        try {
            redis.subscribe(topics.values().stream()
                    .filter(RedisTopic::hasExact)
                    .map(topic -> Keys.channel(topic.name()))
                    .toList());
            if (!patterns.isEmpty()) {
                redis.subscribe(PATTERN_CHANNELS);
            }
        } finally {
            subscribing.unlock();
        }
        inbox.add(0, () -> acknowledged.forEach((topic, position) -> store.witness(redis, topic, position)));
        topics.values()
                .forEach(topic -> inbox.add(0, () -> {
                    Position known = topic.last();
                    if (known != null) {
                        store.witness(redis, topic.name(), known);
                        heal(topic, redis);
                        topic.present(store.members(redis, topic.name()));
                    }
                }));
        log.debug("Resumed {} topics and {} patterns", topics.size(), patterns.size());
    }

    void close() {
        inbox.close();
    }
}
