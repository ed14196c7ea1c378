package dev.pushwire.redis;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what this node has missed, and gives it to its subscribers. It reads many topics at once, and no more at once
 * than fits into memory. If Redis does not answer, the connections are given up, and everything begins anew over the
 * next ones. Not for the threads of the Redis client.
 */
final class GapRecovery {
    private static final Logger log = LoggerFactory.getLogger(GapRecovery.class);

    /** How many publications are read at once. */
    static final int STEP = 1000;

    /** How many topics are asked about at once. */
    private static final int TOPICS = 50;

    private final TopicStore topicStore;
    private final PartitionStore partitionStore;

    GapRecovery(TopicStore topicStore, PartitionStore partitionStore) {
        this.topicStore = topicStore;
        this.partitionStore = partitionStore;
    }

    /** Reports what this node's publishers were told, so that all nodes learn of lost publications. */
    void witness(RedisConnections redis, Acknowledged acknowledged) {
        orGiveUp(redis, () -> {
            for (List<Map.Entry<TopicName, Position>> chunk : acknowledged.copy().stream()
                    .gather(Gatherers.windowFixed(TOPICS))
                    .toList()) {
                acknowledged.renew(chunk, topicStore.witness(redis, chunk));
            }
        });
    }

    /** Gives subscribers the publications of a topic that they missed. */
    void heal(RedisConnections redis, RedisTopic topic) {
        orGiveUp(redis, () -> heal(redis, List.of(topic)));
    }

    /** Reports what this node has seen of topics, gives what was missed, and tells which members came and went. */
    void healWithMembers(RedisConnections redis, List<RedisTopic> topics) {
        orGiveUp(redis, () -> {
            for (List<RedisTopic> chunk :
                    topics.stream().gather(Gatherers.windowFixed(TOPICS)).toList()) {
                topicStore.witness(
                        redis,
                        chunk.stream()
                                .map(topic -> Map.entry(topic.name(), topic.position()))
                                .toList());
                heal(redis, chunk);
                List<List<Member>> members = topicStore.members(
                        redis, chunk.stream().map(RedisTopic::name).toList());
                for (int i = 0; i < chunk.size(); i++) {
                    chunk.get(i).present(members.get(i));
                }
            }
        });
    }

    private void heal(RedisConnections redis, List<RedisTopic> topics) {
        List<RedisTopic> unfinished = new ArrayList<>(topics);
        while (!unfinished.isEmpty()) {
            List<Map.Entry<TopicName, Position>> asked = new ArrayList<>();
            List<RedisTopic> begun = new ArrayList<>();
            for (RedisTopic topic : unfinished) {
                Position last = topic.last();
                if (last == null) {
                    topic.beginIncomplete(
                            topicStore.history(redis, topic.name(), null, 1).latest());
                } else {
                    begun.add(topic);
                    asked.add(Map.entry(topic.name(), last));
                }
            }
            List<History> histories = topicStore.histories(redis, asked, STEP / Math.max(1, asked.size()));
            unfinished.clear();
            for (int i = 0; i < begun.size(); i++) {
                if (begun.get(i).catchUp(asked.get(i).getValue(), histories.get(i))) {
                    unfinished.add(begun.get(i));
                }
            }
        }
    }

    /**
     * Gives what was published to topics that patterns match, whether this node has heard of them or not.
     *
     * @param progress by partition
     * @param topics where topics are found, or made
     * @param wantedSince the tick after which any subscriber wants a topic; the greatest number if none does
     */
    void catchUp(
            RedisConnections redis,
            List<PartitionProgress> progress,
            RedisTopics topics,
            ToLongFunction<TopicName> wantedSince) {
        orGiveUp(redis, () -> {
            Map<Integer, @Nullable Position> since = new HashMap<>();
            for (int partition = 0; partition < progress.size(); partition++) {
                Position from = progress.get(partition).toCatchUpFrom();
                if (from != null) {
                    since.put(partition, from);
                }
            }
            List<PartitionStore.Published> published = partitionStore.published(redis, since);
            int next = 0;
            for (int partition : since.keySet()) {
                Position now = catchUp(redis, partition, published.get(next), topics, wantedSince);
                progress.get(partition).caughtUp(now);
                next++;
            }
        });
    }

    private Position catchUp(
            RedisConnections redis,
            int partition,
            PartitionStore.Published first,
            RedisTopics topics,
            ToLongFunction<TopicName> wantedSince) {
        PartitionStore.Published step = first;
        while (true) {
            List<RedisTopic> missed = step.topics().stream()
                    .filter(each -> each.tick() > wantedSince.applyAsLong(each.topic()))
                    .map(each -> topics.obtain(each.topic()))
                    .filter(topic -> !topic.hasExact())
                    .toList();
            for (List<RedisTopic> chunk :
                    missed.stream().gather(Gatherers.windowFixed(TOPICS)).toList()) {
                if (first.known()) {
                    beginThoseNew(redis, chunk, topic -> Math.max(first.since(), wantedSince.applyAsLong(topic)));
                }
                heal(redis, chunk);
            }
            if (step.isLast()) {
                return step.clock();
            }
            Map<Integer, @Nullable Position> since = new HashMap<>();
            since.put(partition, step.next());
            step = partitionStore.published(redis, since).getFirst();
        }
    }

    private void beginThoseNew(RedisConnections redis, List<RedisTopic> topics, ToLongFunction<TopicName> tick) {
        List<RedisTopic> unknown =
                topics.stream().filter(topic -> topic.last() == null).toList();
        List<Optional<Position>> stood = topicStore.stoodAt(
                redis,
                unknown.stream()
                        .map(topic -> new PartitionStore.Recent(topic.name(), tick.applyAsLong(topic.name())))
                        .toList());
        for (int i = 0; i < unknown.size(); i++) {
            stood.get(i).ifPresent(unknown.get(i)::begin);
        }
    }

    private static Throwable cause(Throwable e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static void orGiveUp(RedisConnections redis, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            log.warn(
                    "The missed publications could not be read, so this node connects to Redis again: {}",
                    cause(e).toString());
            redis.lose();
            throw e;
        }
    }
}
