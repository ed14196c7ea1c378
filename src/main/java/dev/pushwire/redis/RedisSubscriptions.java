package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of this node, and the way of messages from Redis to subscribers. All messages pass through one
 * {@link SerialExecutor}, in the order in which they came. A topic that must wait takes a way of its own, see
 * {@link Detours}. Thread-safe.
 */
final class RedisSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(RedisSubscriptions.class);

    /** How many histories are read at a time, since one may be as large as its step. */
    private static final int MOST_READ = 4;

    /** The longest message that the thread that reads it deals with, in bytes: answers of Redis wait meanwhile. */
    private static final int SHORT = 16 * 1024;

    private final Supplier<RedisConnections> connections;
    private final GapRecovery gapRecovery;
    private final Semaphore reading = new Semaphore(MOST_READ, true);
    private final SerialExecutor inbox = new SerialExecutor("topics");
    private final Detours detours = new Detours(inbox, this::recover);
    private final PatternSubscriptions patterns;
    private final RedisTopics topics;
    private final NameSubscriptions names;

    /** @param connections returns the present connections, or throws */
    RedisSubscriptions(TopicStore topicStore, Supplier<RedisConnections> connections) {
        this.connections = connections;
        PartitionStore partitionStore = new PartitionStore();
        this.gapRecovery = new GapRecovery(topicStore, partitionStore);
        this.patterns = new PatternSubscriptions(partitionStore);
        this.topics = new RedisTopics(patterns::matching);
        this.names = new NameSubscriptions(topicStore, topics, this::healLater);
    }

    /**
     * Takes a message of a channel; does not wait.
     *
     * @return false if too many wait, and connections should be given up
     */
    boolean received(String channel, byte[] bytes) {
        boolean isByPattern = Keys.isPatternChannel(channel);
        if (isByPattern && !isWanted(bytes)) {
            return true;
        }
        Runnable task = () -> take(bytes, isByPattern);
        boolean isShort =
                bytes.length <= SHORT && detours.size() == 0; // else a topic may be locked while it catches up
        return isShort ? inbox.runOrAdd(bytes.length, task) : inbox.add(bytes.length, task);
    }

    private void take(byte[] bytes, boolean isByPattern) {
        PubSubCodec.Message message = PubSubCodec.read(bytes);
        if (message == null) {
            return;
        }
        RedisTopic topic = isByPattern ? byPattern(message) : topics.get(message.topic());
        if (topic != null) {
            detours.pass(topic, bytes.length, () -> take(topic, message));
        }
    }

    private @Nullable Runnable take(RedisTopic topic, PubSubCodec.Message message) {
        return topic.take(message) == RedisTopic.Verdict.GAP ? () -> heal(connections.get(), topic) : topic.heldBack();
    }

    private void heal(RedisConnections redis, RedisTopic topic) {
        read(topic, () -> gapRecovery.heal(redis, topic));
    }

    /** Messages of a topic were dropped: publications, or events of its members. */
    private void recover(RedisTopic topic) {
        if (topic.last() != null) {
            read(topic, () -> gapRecovery.healWithMembers(connections.get(), List.of(topic)));
        }
    }

    private void read(RedisTopic topic, Runnable action) {
        reading.acquireUninterruptibly();
        try {
            action.run();
        } finally {
            reading.release();
        }
        Runnable wait = topic.heldBack();
        if (wait != null) {
            wait.run();
        }
    }

    private boolean isWanted(byte[] message) {
        try {
            PubSubCodec.Head head = PubSubCodec.head(message);
            return head != null && patterns.concerns(head);
        } catch (RuntimeException e) {
            log.error("A message from Redis could not be read", e);
            return false;
        }
    }

    /**
     * The topic of a message that came by pattern; null if the topic is subscribed to by name, since it got the message
     * over its own channel.
     */
    private @Nullable RedisTopic byPattern(PubSubCodec.Message message) {
        TopicName name = message.topic();
        if (!patterns.takes(message) || patterns.matching(name).isEmpty()) {
            return null;
        }
        if (topics.isTrimDue()) {
            names.trim();
        }
        RedisTopic topic = topics.obtain(name);
        return topic.hasExact() ? null : topic;
    }

    private void healLater(RedisConnections redis, RedisTopic topic) {
        inbox.add(0, () -> detours.pass(topic, 0, () -> () -> heal(redis, topic)));
    }

    @Nullable
    Position subscribe(RedisConnections redis, TopicPattern pattern, Subscriber subscriber) {
        if (pattern.hasWildcard()) {
            patterns.subscribe(redis, pattern, subscriber);
            return null;
        }
        return names.subscribe(redis, pattern.topic(), subscriber);
    }

    void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        if (pattern.hasWildcard()) {
            patterns.unsubscribe(pattern, subscriber);
            names.removeUnused(pattern);
        } else {
            names.unsubscribe(pattern.topic(), subscriber);
        }
    }

    /** New connections are there: subscribes to everything again, and begins to read what was missed. */
    void resume(RedisConnections redis, Acknowledged acknowledged) {
        patterns.resume(redis);
        List<RedisTopic> known = names.resume(redis);
        inbox.add(0, () -> {
            detours.rejoin(); // first, so that queued messages come before what is read from the history
            gapRecovery.witness(redis, acknowledged);
            gapRecovery.healWithMembers(redis, known);
            gapRecovery.catchUp(redis, patterns.progress(), topics, patterns::wantedSince);
        });
        log.debug("Resuming {} topics and {} patterns", known.size(), patterns.size());
    }

    /** Runs a task when all messages that have come are dealt with. Does not wait. */
    void afterMessages(Runnable task) {
        inbox.add(0, task);
    }

    /** How many topics wait for subscribers that are behind, or for their history to be read. */
    int topicsBehind() {
        return detours.size();
    }

    /** How many bytes of messages are not dealt with yet. */
    long waitingBytes() {
        return inbox.waitingBytes();
    }

    /** Is called every few seconds; waits for Redis. */
    void beat(RedisConnections redis) {
        List<PartitionStore.Published> now = patterns.clocks(redis);
        if (!now.isEmpty()) {
            redis.awaitMessages();
            inbox.add(0, () -> patterns.advance(now));
        }
    }

    void close() {
        names.close();
        patterns.close();
        inbox.close();
    }
}
