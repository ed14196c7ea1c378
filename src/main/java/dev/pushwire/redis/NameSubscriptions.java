package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions to topics by name. Each topic has a channel. The node subscribes to it before it reads the topic's
 * position. It does so for many topics at once, in {@link Rounds}. Under the lock, channels are subscribed to and given
 * up in the order of the decisions, and nothing waits. Thread-safe.
 */
final class NameSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(NameSubscriptions.class);

    private final TopicStore store;
    private final RedisTopics topics;
    private final BiConsumer<RedisConnections, RedisTopic> heal;
    private final Rounds<Entry> rounds = new Rounds<>(this::serve);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TopicName, Entry> entries = new HashMap<>(); // while a caller waits; guarded by the lock
    private @Nullable RedisConnections current; // guarded by the lock

    /** A topic that a caller is about to subscribe to. */
    private static final class Entry {
        private final RedisTopic topic;
        private final Opening opening;
        private boolean sent; // the subscription to its channel; guarded by the lock

        Entry(RedisTopic topic, Opening opening) {
            this.topic = topic;
            this.opening = opening;
        }
    }

    /** @param heal reads what is missing of a topic; does not wait */
    NameSubscriptions(TopicStore store, RedisTopics topics, BiConsumer<RedisConnections, RedisTopic> heal) {
        this.store = store;
        this.topics = topics;
        this.heal = heal;
    }

    /** The position of the topic for this subscriber. Waits for Redis, if the node is not subscribed yet. */
    Position subscribe(RedisConnections redis, TopicName name, Subscriber subscriber) {
        Entry entry = enter(redis, name);
        try {
            entry.opening.await();
            return entry.topic.add(subscriber);
        } catch (BrokerUnavailableException e) {
            fail(entry, e);
            throw e;
        } finally {
            leave(entry);
        }
    }

    private Entry enter(RedisConnections redis, TopicName name) {
        Entry entry;
        boolean isFirst = false;
        lock.lock();
        try {
            Entry known = entries.get(name);
            if (known == null) {
                known = new Entry(topics.obtain(name), new Opening(redis));
                entries.put(name, known);
                isFirst = !known.topic.hasExact();
                if (!isFirst) {
                    known.opening.succeed();
                }
            }
            entry = known;
            entry.opening.enter();
        } finally {
            lock.unlock();
        }
        if (isFirst) {
            entry.topic.expect();
            queue(entry);
        }
        return entry;
    }

    private void queue(Entry entry) {
        rounds.add(entry.opening.redis().server(Keys.partition(entry.topic.name())), entry);
    }

    private void leave(Entry entry) {
        lock.lock();
        try {
            if (entry.opening.leave() == 0 && !entry.opening.isUnderWay()) {
                forget(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void forget(Entry entry) {
        if (entries.remove(entry.topic.name(), entry)) {
            giveUpIfUnused(entry.topic);
        }
    }

    /** Under the lock. */
    private void giveUpIfUnused(RedisTopic topic) {
        if (topics.get(topic.name()) != topic || isUsed(topic)) {
            return;
        }
        if (!topic.hasWildcards()) {
            topics.remove(topic.name());
        }
        if (current != null) {
            current.unsubscribe(Channel.of(topic.name()));
        }
    }

    /** Under the lock. */
    private boolean isUsed(RedisTopic topic) {
        return topic.hasExact() || entries.containsKey(topic.name());
    }

    /** One round with a server. */
    private void serve(List<Entry> round) {
        try {
            List<Entry> subscribed = subscribe(round);
            read(subscribed);
        } catch (RuntimeException | Error e) {
            log.error("The subscription to several topics failed", e);
            round.forEach(entry -> fail(entry, new BrokerUnavailableException("The subscription failed", e)));
        }
    }

    private List<Entry> subscribe(List<Entry> round) {
        List<Entry> wanted = new ArrayList<>();
        List<Entry> fresh = new ArrayList<>();
        List<Runnable> confirmations;
        lock.lock();
        try {
            for (Entry entry : round) {
                if (entry.opening.isUnderWay()) {
                    (entry.sent ? wanted : fresh).add(entry);
                    entry.sent = true;
                }
            }
            confirmations = round.getFirst()
                    .opening
                    .redis()
                    .startSubscribing(fresh.stream()
                            .map(entry -> Channel.of(entry.topic.name()))
                            .toList());
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < fresh.size(); i++) {
            Entry entry = fresh.get(i);
            Runnable confirmation = confirmations.get(i);
            orFail(entry, () -> {
                confirmation.run();
                wanted.add(entry);
            });
        }
        return wanted;
    }

    private void read(List<Entry> round) {
        if (round.isEmpty()) {
            return;
        }
        RedisConnections redis = round.getFirst().opening.redis();
        int limit = Math.max(1, GapRecovery.STEP / round.size());
        List<Supplier<TopicStore.Standing>> standings = store.standings(
                redis,
                round.stream()
                        .map(entry -> new TopicStore.Asked(entry.topic.name(), entry.topic.last()))
                        .toList(),
                limit);
        for (int i = 0; i < round.size(); i++) {
            Entry entry = round.get(i);
            Supplier<TopicStore.Standing> standing = standings.get(i);
            orFail(entry, () -> open(entry, standing.get()));
        }
    }

    private void orFail(Entry entry, Runnable action) {
        try {
            action.run();
        } catch (BrokerUnavailableException e) {
            fail(entry, e);
        } catch (RuntimeException e) {
            log.error("The subscription to a topic failed", e);
            fail(entry, new BrokerUnavailableException("The subscription failed", e));
        }
    }

    private void open(Entry entry, TopicStore.Standing standing) {
        Position asked = standing.asked();
        History history = standing.history();
        if (asked == null) {
            asked = history.latest();
            entry.topic.begin(asked, standing.members());
        }
        RedisTopic.Verdict verdict = entry.topic.open(asked, history);
        if (verdict == null) {
            queue(entry);
            return;
        }
        if (verdict == RedisTopic.Verdict.GAP) {
            heal.accept(entry.opening.redis(), entry.topic);
        }
        if (!succeed(entry)) {
            fail(entry, new BrokerUnavailableException("The connection to Redis has changed"));
        }
    }

    private boolean succeed(Entry entry) {
        lock.lock();
        try {
            // Over former connections, the topic may not be among those that were subscribed to again.
            boolean isCurrent = entry.opening.redis() == current;
            if (isCurrent && entry.opening.succeed() && entry.opening.isDeserted()) {
                forget(entry);
            }
            return isCurrent;
        } finally {
            lock.unlock();
        }
    }

    private void fail(Entry entry, BrokerUnavailableException reason) {
        if (!entry.opening.fail(reason)) {
            return;
        }
        if (entry.topic.giveUp() == RedisTopic.Verdict.GAP) {
            heal.accept(entry.opening.redis(), entry.topic);
        }
        lock.lock();
        try {
            forget(entry);
        } finally {
            lock.unlock();
        }
    }

    void unsubscribe(TopicName name, Subscriber subscriber) {
        RedisTopic topic = topics.get(name);
        if (topic == null || !topic.remove(subscriber)) {
            return;
        }
        lock.lock();
        try {
            giveUpIfUnused(topic);
        } finally {
            lock.unlock();
        }
    }

    /**
     * New connections are there: subscribes to everything again.
     *
     * @return the topics with a known former position
     */
    List<RedisTopic> resume(RedisConnections redis) {
        List<RedisTopic> known;
        lock.lock();
        try {
            current = redis;
            known = topics.begun();
        } finally {
            lock.unlock();
        }
        for (List<RedisTopic> chunk :
                known.stream().gather(Gatherers.windowFixed(Rounds.MOST)).toList()) {
            subscribeAgain(redis, chunk).forEach(Runnable::run);
        }
        return known;
    }

    private List<Runnable> subscribeAgain(RedisConnections redis, List<RedisTopic> some) {
        lock.lock();
        try {
            return redis.startSubscribing(some.stream()
                    .filter(this::isUsed)
                    .map(topic -> Channel.of(topic.name()))
                    .toList());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets topics that came by patterns, if there are too many. */
    void trim() {
        lock.lock();
        try {
            topics.trim(this::isUsed);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the topics of a pattern that no client is subscribed to any more, by name or by pattern. */
    void removeUnused(TopicPattern left) {
        lock.lock();
        try {
            topics.removeUnused(left, this::isUsed);
        } finally {
            lock.unlock();
        }
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
