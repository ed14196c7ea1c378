package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clock and the index of each partition in Redis: which topics were published to, and in which order. */
final class PartitionStore {
    /** How long an index is kept. A node that was away for longer is not told of topics that it did not know. */
    static final Duration INDEX_LIFE = Duration.ofDays(1);

    /** How many topics of a partition are asked for at once. */
    static final int STEP = 200;

    /**
     * The topics that were published to after a tick.
     *
     * @param clock the position of the partition's clock
     * @param known whether the list is complete; if not, the clock has begun anew or belongs to another life of Redis,
     *     and more topics may have been published to
     * @param since the tick after which the list begins
     * @param topics in the order of their last publications
     */
    record Published(Position clock, boolean known, long since, List<Recent> topics) {
        /** The position to continue from. */
        Position next() {
            return isLast() ? clock : clock.at(topics.getLast().tick());
        }

        boolean isLast() {
            return topics.size() < STEP;
        }
    }

    /** @param tick the tick of the topic's last publication */
    record Recent(TopicName topic, long tick) {}

    /**
     * The clocks of partitions, and the topics that were published to since positions of these clocks.
     *
     * @param since by partition; null to ask only for the clock
     */
    List<Published> published(RedisConnections redis, Map<Integer, @Nullable Position> since) {
        List<Call> calls = new ArrayList<>();
        since.forEach((partition, position) -> calls.add(call(redis, partition, position)));
        return redis.runAll(calls).stream().map(PartitionStore::published).toList();
    }

    private static Call call(RedisConnections redis, int partition, @Nullable Position since) {
        return new Call(
                Script.PUBLISHED,
                partition,
                keys(partition),
                List.of(
                        ScriptArguments.bytes(redis.incarnation(partition)),
                        ScriptArguments.bytes(since == null ? "" : since.epoch()),
                        ScriptArguments.bytes(since == null ? 0 : since.offset()),
                        ScriptArguments.bytes(STEP)));
    }

    /** Begins the era of a server's life, unless it has begun. */
    static Call begin(int partition, String incarnation) {
        return new Call(
                Script.BEGIN,
                partition,
                keys(partition),
                List.of(
                        ScriptArguments.bytes(incarnation),
                        ScriptArguments.bytes(Position.ofNewEpoch().epoch())));
    }

    private static List<String> keys(int partition) {
        return List.of(Keys.clock(partition), Keys.index(partition));
    }

    private static Published published(List<?> answer) {
        List<?> topicsAndTicks = (List<?>) answer.get(3);
        List<Recent> topics = new ArrayList<>();
        for (int i = 0; i < topicsAndTicks.size(); i += 2) {
            topics.add(new Recent(
                    TopicName.of(ScriptArguments.text(topicsAndTicks.get(i))),
                    Long.parseLong(ScriptArguments.text(topicsAndTicks.get(i + 1)))));
        }
        return new Published(
                Position.parse(ScriptArguments.text(answer.get(0))),
                ScriptArguments.number(answer.get(1)) == 1,
                Long.parseLong(ScriptArguments.text(answer.get(2))),
                topics);
    }
}
