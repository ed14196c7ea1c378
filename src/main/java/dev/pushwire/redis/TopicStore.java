package dev.pushwire.redis;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is kept of topics in Redis: calls to the scripts, with their keys, arguments and answers. */
final class TopicStore {
    /** A topic that nobody has used for so long begins anew. */
    private static final Duration SHORTEST_LIFE = Duration.ofDays(1);

    private final Function<TopicName, Retention> retentions;

    TopicStore(Function<TopicName, Retention> retentions) {
        this.retentions = retentions;
    }

    PublishResult publish(RedisConnections redis, TopicName topic, Payload payload, PublishOptions options) {
        Retention retention = retentions.apply(topic);
        List<String> keys = keys(topic);
        if (options.idempotencyKey() != null) {
            keys.add(Keys.idempotency(topic, options.idempotencyKey()));
        }
        List<byte[]> arguments = opening(redis, topic);
        arguments.add(bytes(redis.publishCommand()));
        arguments.add(bytes(topic.value()));
        arguments.add(bytes(Wire.head(payload, options.key())));
        arguments.add(bytes(payload));
        arguments.add(bytes(retention.size()));
        arguments.add(bytes(retention.ttl().toMillis()));
        arguments.add(bytes(PublishOptions.IDEMPOTENCY_WINDOW.toMillis()));
        List<?> answer = (List<?>) redis.run(Script.PUBLISH, keys, arguments);
        return new PublishResult(Position.parse(text(answer.get(0))), number(answer.get(1)) == 1);
    }

    History history(RedisConnections redis, TopicName topic, @Nullable Position since, int limit) {
        List<byte[]> arguments = opening(redis, topic);
        arguments.add(bytes(since == null ? "" : since.epoch()));
        arguments.add(bytes(since == null ? 0 : since.offset()));
        arguments.add(bytes(limit));
        arguments.add(bytes(retentions.apply(topic).ttl().toMillis()));
        List<?> answer =
                (List<?>) redis.run(Script.HISTORY, List.of(Keys.state(topic), Keys.history(topic)), arguments);
        Position latest = Position.parse(text(answer.get(0)));
        List<Publication> publications = new ArrayList<>();
        for (Object each : (List<?>) answer.get(2)) {
            List<?> entry = (List<?>) each;
            publications.add(Wire.publication(
                    topic, latest.at(Long.parseLong(text(entry.get(0)))), text(entry.get(1)), text(entry.get(2)), (byte
                                    [])
                            entry.get(3)));
        }
        if (since == null) {
            Collections.reverse(publications);
        }
        return new History(publications, number(answer.get(1)) == 1, latest);
    }

    /** Says that a node knows of this publication; if Redis does not, it was lost, and all nodes are told. */
    void witness(RedisConnections redis, TopicName topic, Position known) {
        List<byte[]> arguments = opening(redis, topic);
        arguments.add(bytes(redis.publishCommand()));
        arguments.add(bytes(topic.value()));
        arguments.add(bytes(known.epoch()));
        arguments.add(bytes(known.offset()));
        arguments.add(bytes(Position.ofNewEpoch().epoch()));
        redis.run(Script.LOST, keys(topic), arguments);
    }

    void join(RedisConnections redis, TopicName topic, Member member, Duration lease) {
        redis.run(
                Script.JOIN,
                memberKeys(topic),
                List.of(
                        bytes(redis.publishCommand()),
                        bytes(topic.value()),
                        bytes(member.connection()),
                        Wire.bytes(member),
                        bytes(lease.toMillis())));
    }

    /** @param ifExpired whether to do so only if the lease is over */
    void leave(RedisConnections redis, TopicName topic, String connection, boolean ifExpired) {
        redis.run(
                Script.LEAVE,
                memberKeys(topic),
                List.of(
                        bytes(redis.publishCommand()),
                        bytes(topic.value()),
                        bytes(connection),
                        bytes(ifExpired ? "expired" : "")));
    }

    /** Ends the leases of a partition that are over. */
    void expire(RedisConnections redis, int partition) {
        List<?> over = (List<?>) redis.run(Script.EXPIRED, List.of(Keys.leases(partition)), List.of());
        for (Object each : over) {
            String[] words = text(each).split(" ");
            leave(redis, new TopicName(words[0]), words[1], true);
        }
    }

    List<Member> members(RedisConnections redis, TopicName topic) {
        return redis.values(Keys.members(topic)).stream()
                .map(Wire::member)
                .sorted(Comparator.comparing(Member::connection))
                .toList();
    }

    private List<byte[]> opening(RedisConnections redis, TopicName topic) {
        Duration ttl = retentions.apply(topic).ttl();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes(redis.incarnation(topic)));
        arguments.add(bytes(Position.ofNewEpoch().epoch()));
        arguments.add(bytes(SHORTEST_LIFE.plus(ttl).toMillis()));
        return arguments;
    }

    private static List<String> keys(TopicName topic) {
        return new ArrayList<>(List.of(
                Keys.state(topic),
                Keys.history(topic),
                Keys.channel(topic),
                Keys.patternChannel(Keys.partition(topic))));
    }

    private static List<String> memberKeys(TopicName topic) {
        int partition = Keys.partition(topic);
        return List.of(
                Keys.members(topic), Keys.leases(partition), Keys.channel(topic), Keys.patternChannel(partition));
    }

    private static byte[] bytes(Payload payload) {
        byte[] bytes = new byte[payload.size()];
        payload.bytes().get(bytes);
        return bytes;
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object answer) {
        return new String((byte[]) answer, StandardCharsets.UTF_8);
    }

    private static long number(Object answer) {
        return (Long) answer;
    }
}
