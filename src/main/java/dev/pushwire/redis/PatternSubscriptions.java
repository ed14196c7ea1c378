package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
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
 * The subscriptions to patterns. A pattern whose first part is no wildcard receives the publications of topics with
 * this first part, over a channel in each partition. Other patterns receive everything. A publication that no pattern
 * matches is dropped where it comes in. Nothing waits under the lock. Thread-safe.
 */
final class PatternSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(PatternSubscriptions.class);

    /**
     * How many first parts have channels of their own, 64 each. A node with more receives everything for the others:
     * Redis and the node keep some hundred bytes for each channel.
     */
    static final int MOST_FIRST_PARTS = 32;

    private final PartitionStore store;
    private final List<PartitionProgress> progress =
            Stream.generate(PartitionProgress::new).limit(Keys.PARTITIONS).toList();
    private final Map<TopicPattern, Interest> patterns = new ConcurrentHashMap<>(); // written under the lock
    private final PatternIndex<Interest> index = new PatternIndex<>(); // likewise
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Source> sources = new HashMap<>(); // by first part; guarded by the lock
    private @Nullable RedisConnections current; // guarded by the lock

    /** The channels of one first part, or of all, in each partition. The lock guards its fields that are not final. */
    private static final class Source {
        private final String firstPart;
        private final Opening opening;
        private final List<Runnable> confirmations;
        private long[] since = new long[Keys.PARTITIONS]; // the ticks after which it begins
        private int patterns;

        Source(String firstPart, Opening opening) {
            this.firstPart = firstPart;
            this.opening = opening;
            this.confirmations = subscribe(opening.redis());
        }

        List<Runnable> subscribe(RedisConnections redis) {
            return redis.startSubscribing(channels().toList());
        }

        void unsubscribe(RedisConnections redis) {
            channels().forEach(redis::unsubscribe);
        }

        private Stream<Channel> channels() {
            return IntStream.range(0, Keys.PARTITIONS)
                    .mapToObj(partition -> new Channel(partition, Keys.patternChannel(partition, firstPart)));
        }
    }

    /** @param since the ticks after which it begins, by partition; it does not catch up with anything before */
    private record Interest(Source source, Set<Subscriber> subscribers, List<Long> since) {}

    PatternSubscriptions(PartitionStore store) {
        this.store = store;
    }

    /** Subscribes to a pattern. Waits for Redis if the pattern needs channels that this node is not subscribed to. */
    void subscribe(RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        boolean isFirst;
        Source source;
        lock.lock();
        try {
            source = source(redis, pattern);
            isFirst = source.opening.enter() == 1 && source.opening.isUnderWay();
        } finally {
            lock.unlock();
        }
        try {
            if (isFirst) {
                open(source);
            }
            source.opening.await();
            add(pattern, source, subscriber);
        } finally {
            leave(source);
        }
    }

    /** Under the lock. */
    private Source source(RedisConnections redis, TopicPattern pattern) {
        Interest known = patterns.get(pattern);
        if (known != null) {
            return known.source();
        }
        String firstPart = Keys.firstPart(pattern);
        boolean isOneTooMany = sources.size() >= MOST_FIRST_PARTS && !sources.containsKey(firstPart);
        return sources.computeIfAbsent(
                isOneTooMany ? Keys.ANY : firstPart, part -> new Source(part, new Opening(redis)));
    }

    private void open(Source source) {
        try {
            source.confirmations.forEach(Runnable::run);
            begin(source, readClocks(source.opening.redis()));
        } catch (BrokerUnavailableException e) {
            source.opening.fail(e);
        } catch (RuntimeException | Error e) { // others wait for the same channels, and would wait in vain
            log.error("The subscription to patterns failed", e);
            source.opening.fail(new BrokerUnavailableException("The subscription failed", e));
        }
    }

    private List<PartitionStore.Published> readClocks(RedisConnections redis) {
        Map<Integer, @Nullable Position> unknown = new HashMap<>();
        IntStream.range(0, Keys.PARTITIONS).forEach(partition -> unknown.put(partition, null));
        return store.published(redis, unknown);
    }

    private void begin(Source source, List<PartitionStore.Published> now) {
        long[] ticks = now.stream().mapToLong(each -> each.clock().offset()).toArray();
        lock.lock();
        try {
            if (source.opening.redis() != current) {
                throw new BrokerUnavailableException("The connection to Redis has changed");
            }
            source.since = ticks;
            for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
                progress.get(partition).begin(now.get(partition).clock());
            }
            source.opening.succeed();
        } finally {
            lock.unlock();
        }
    }

    private void add(TopicPattern pattern, Source source, Subscriber subscriber) {
        lock.lock();
        try {
            Interest interest = patterns.get(pattern);
            if (interest == null) {
                source.patterns++;
                Interest fresh = new Interest(source, ConcurrentHashMap.newKeySet(), now(source));
                patterns.put(pattern, fresh);
                index.compute(pattern, absent -> fresh);
                interest = fresh;
            }
            interest.subscribers().add(subscriber);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private List<Long> now(Source source) {
        return IntStream.range(0, Keys.PARTITIONS)
                .mapToObj(partition -> Math.max(
                        source.since[partition], progress.get(partition).heard()))
                .toList();
    }

    private void leave(Source source) {
        lock.lock();
        try {
            source.opening.leave();
            giveUpIfUnused(source);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. A source that has failed is given up by the first caller that leaves. */
    private void giveUpIfUnused(Source source) {
        boolean isUsed = source.patterns > 0 || !source.opening.isDeserted();
        if (isUsed && (source.opening.isUnderWay() || source.opening.hasSucceeded())) {
            return;
        }
        if (sources.remove(source.firstPart, source) && current != null) {
            source.unsubscribe(current);
        }
        if (sources.isEmpty()) {
            progress.forEach(PartitionProgress::end);
        }
    }

    void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        lock.lock();
        try {
            Interest interest = patterns.get(pattern);
            if (interest != null
                    && interest.subscribers().remove(subscriber)
                    && interest.subscribers().isEmpty()) {
                patterns.remove(pattern);
                index.compute(pattern, gone -> null);
                interest.source().patterns--;
                giveUpIfUnused(interest.source());
            }
        } finally {
            lock.unlock();
        }
    }

    /** New connections are there: subscribes to everything again. */
    void resume(RedisConnections redis) {
        List<Runnable> confirmations;
        lock.lock();
        try {
            current = redis;
            progress.forEach(PartitionProgress::fallBehind);
            confirmations = sources.values().stream()
                    .filter(source -> source.opening.hasSucceeded())
                    .flatMap(source -> source.subscribe(redis).stream())
                    .toList();
        } finally {
            lock.unlock();
        }
        confirmations.forEach(Runnable::run);
    }

    /** Whether a subscriber wants a message that came over a channel for patterns. */
    boolean concerns(PubSubCodec.Head message) {
        progress.get(Keys.partition(message.topic())).hear(message.tick());
        return !matching(message.topic()).isEmpty();
    }

    /**
     * Whether to give a message now. If not, it was given already, or will be read. The inbox asks in the order of its
     * messages.
     */
    boolean takes(PubSubCodec.Message message) {
        return !(message instanceof PubSubCodec.Published published)
                || progress.get(Keys.partition(published.topic())).takes(published.tick());
    }

    /** The clocks of the partitions; empty if there are no patterns. Waits for Redis. */
    List<PartitionStore.Published> clocks(RedisConnections redis) {
        return patterns.isEmpty() ? List.of() : readClocks(redis);
    }

    /**
     * Notes that everything published by then has been given. Otherwise, if patterns match little, it would take long
     * after an interruption to find what they missed among all publications.
     */
    void advance(List<PartitionStore.Published> to) {
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            progress.get(partition).advance(to.get(partition).clock());
        }
    }

    /** The subscribers to patterns that match. */
    Collection<Subscriber> matching(TopicName name) {
        List<Interest> interests = index.matching(name);
        if (interests.isEmpty()) {
            return List.of();
        }
        if (interests.size() == 1) {
            return interests.getFirst().subscribers();
        }
        Set<Subscriber> found = new HashSet<>();
        interests.forEach(interest -> found.addAll(interest.subscribers()));
        return found;
    }

    /**
     * The tick after which a subscriber wants a topic, by the clock of its partition; the greatest number if none does.
     */
    long wantedSince(TopicName name) {
        int partition = Keys.partition(name);
        long since = Long.MAX_VALUE;
        for (Interest interest : index.matching(name)) {
            since = Math.min(since, interest.since().get(partition));
        }
        return since;
    }

    /** The progress by partition. */
    List<PartitionProgress> progress() {
        return progress;
    }

    int size() {
        return patterns.size();
    }

    /** Nothing is sent any more. */
    void close() {
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
    }
}
