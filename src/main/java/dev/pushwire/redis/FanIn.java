package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.PatternIndex;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node is subscribed to, and the way from Redis to its subscribers. All messages pass through one {@link Inbox}, so
 * that reading the history for one of them holds up those behind it and no thread of the Redis client. Thread-safe.
 */
final class FanIn {
    private static final Logger log = LoggerFactory.getLogger(FanIn.class);

    private final TopicStore topicStore;
    private final PartitionStore partitionStore = new PartitionStore();
    private final Healing healing;
    private final Inbox inbox = new Inbox();
    private final RedisTopics topics = new RedisTopics(this::matching);
    private final PatternIndex<Set<Subscriber>> patterns = new PatternIndex<>();
    private final List<PartitionProgress> progress =
            Stream.generate(PartitionProgress::new).limit(Keys.PARTITIONS).toList();
    private final ReentrantLock subscribing = new ReentrantLock();

    FanIn(TopicStore topicStore) {
        this.topicStore = topicStore;
        this.healing = new Healing(topicStore, partitionStore);
    }

    /** A message of a channel; does not wait. Returns false when too many wait, and connections should be given up. */
    boolean received(RedisLink link, String channel, byte[] bytes) {
        return inbox.add(bytes.length, () -> {
            Wire.Message message = Wire.read(bytes);
            RedisTopic topic = Keys.isPatternChannel(channel) ? byPattern(message) : topics.get(message.topic());
            if (topic != null) {
                take(topic, message, link);
            }
        });
    }

    private void take(RedisTopic topic, Wire.Message message, RedisLink link) {
        if (topic.take(message) == RedisTopic.Verdict.GAP) {
            healing.heal(link.connections(), topic);
        }
    }

    /** A topic that is subscribed to by name has a channel of its own, and what comes over the others it has had already. */
    private @Nullable RedisTopic byPattern(Wire.Message message) {
        TopicName name = message.topic();
        if (message instanceof Wire.Published published
                && !progress.get(Keys.partition(name)).takes(published.tick())) {
            return null;
        }
        if (matching(name).isEmpty()) {
            return null;
        }
        trimIfDue();
        RedisTopic topic = topics.obtain(name);
        return topic.hasExact() ? null : topic;
    }

    /** Not while somebody subscribes: what it has just obtained must stay. */
    private void trimIfDue() {
        if (topics.isTrimDue() && subscribing.tryLock()) {
            try {
                topics.trim();
            } finally {
                subscribing.unlock();
            }
        }
    }

    private Collection<Subscriber> matching(TopicName name) {
        List<Set<Subscriber>> found = patterns.matching(name);
        if (found.size() <= 1) {
            return found.isEmpty() ? List.of() : found.getFirst();
        }
        Set<Subscriber> all = new HashSet<>();
        found.forEach(all::addAll);
        return all;
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
            redis.subscribeToPatterns();
            Map<Integer, @Nullable Position> unknown = new HashMap<>();
            IntStream.range(0, Keys.PARTITIONS).forEach(partition -> unknown.put(partition, null));
            List<PartitionStore.Published> now = partitionStore.published(redis, unknown);
            for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
                progress.get(partition).begin(now.get(partition).clock());
            }
        }
        patterns.compute(pattern, known -> {
            Set<Subscriber> subscribers = known == null ? ConcurrentHashMap.newKeySet() : known;
            subscribers.add(subscriber);
            return subscribers;
        });
        return null;
    }

    private Position subscribeByName(RedisConnections redis, TopicName name, Subscriber subscriber) {
        RedisTopic topic = topics.obtain(name);
        if (topic.hasExact()) {
            topic.add(subscriber);
            return topic.position();
        }
        topic.expect();
        try {
            redis.subscribe(List.of(name));
            RedisTopic.Opened opened = open(redis, topic, subscriber);
            takeEarly(redis, topic, opened.early());
            return opened.from();
        } catch (BrokerUnavailableException e) {
            takeEarly(redis, topic, topic.giveUp());
            if (!topic.hasWildcards()) {
                topics.remove(name);
            }
            throw e;
        }
    }

    private RedisTopic.Opened open(RedisConnections redis, RedisTopic topic, Subscriber subscriber) {
        RedisTopic.Opened opened = null;
        while (opened == null) {
            Position from = topic.last();
            History history = topicStore.history(redis, topic.name(), from, Healing.STEP);
            if (from == null) {
                from = history.latest();
                history = new History(List.of(), true, from);
                topic.begin(from, topicStore.members(redis, topic.name()));
            }
            opened = topic.open(from, history, subscriber);
        }
        return opened;
    }

    private void takeEarly(RedisConnections redis, RedisTopic topic, List<Wire.Message> early) {
        inbox.add(0, () -> {
            for (Wire.Message message : early) {
                if (topic.take(message) == RedisTopic.Verdict.GAP) {
                    healing.heal(redis, topic);
                }
            }
        });
    }

    /** @param redis null while it is away */
    void unsubscribe(@Nullable RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        subscribing.lock();
        try {
            if (pattern.hasWildcard()) {
                unsubscribeFromPattern(redis, pattern, subscriber);
            } else {
                unsubscribeByName(redis, pattern.topic(), subscriber);
            }
        } finally {
            subscribing.unlock();
        }
    }

    private void unsubscribeByName(@Nullable RedisConnections redis, TopicName name, Subscriber subscriber) {
        RedisTopic topic = topics.get(name);
        if (topic == null || !topic.hasExact()) {
            return;
        }
        topic.remove(subscriber);
        if (!topic.hasExact()) {
            if (!topic.hasWildcards()) {
                topics.remove(name);
            }
            if (redis != null) {
                redis.unsubscribe(name);
            }
        }
    }

    private void unsubscribeFromPattern(@Nullable RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        if (patterns.isEmpty()) {
            return;
        }
        patterns.compute(pattern, subscribers -> {
            if (subscribers != null) {
                subscribers.remove(subscriber);
            }
            return subscribers == null || subscribers.isEmpty() ? null : subscribers;
        });
        topics.removeUnused(pattern);
        if (patterns.isEmpty()) {
            progress.forEach(PartitionProgress::end);
            if (redis != null) {
                redis.unsubscribeFromPatterns();
            }
        }
    }

    /** There are new connections: subscribes to everything again, and has what was missed meanwhile read. */
    void resume(RedisConnections redis, Acknowledged acknowledged) {
        List<RedisTopic> known;
        subscribing.lock();
        try {
            progress.forEach(PartitionProgress::fallBehind);
            known = topics.begun();
            redis.subscribe(known.stream()
                    .filter(RedisTopic::hasExact)
                    .map(RedisTopic::name)
                    .toList());
            if (!patterns.isEmpty()) {
                redis.subscribeToPatterns();
            }
        } finally {
            subscribing.unlock();
        }
        inbox.add(0, () -> {
            healing.witness(redis, acknowledged);
            healing.healWithMembers(redis, known);
            healing.catchUp(redis, progress, topics, name -> !matching(name).isEmpty());
        });
        log.debug("Resuming {} topics and {} patterns", known.size(), patterns.size());
    }

    void close() {
        inbox.close();
    }
}
