package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topics in Redis: calls of the scripts, with their keys, arguments and answers. Questions about many topics go out
 * together.
 */
final class TopicStore {
    /**
     * A topic without a publication for this long begins anew. It is two windows of {@code topic.lua}, so the topic
     * begins in another epoch.
     */
    private static final Duration SHORTEST_LIFE = Duration.ofDays(1);

    /** How many of a topic's keys are needed to read it. */
    private static final int READ = 4;

    private final Function<TopicName, Retention> retentions;

    TopicStore(Function<TopicName, Retention> retentions) {
        this.retentions = retentions;
    }

    PublishResult publish(RedisConnections redis, PublishRequest request) {
        return result(redis.run(publishCall(redis, request)));
    }

    /** Publishes without waiting. The outcome comes on the thread that reads from Redis. */
    CompletableFuture<PublishOutcome> publishAsync(RedisConnections redis, PublishRequest request) {
        return redis.runAsync(publishCall(redis, request)).thenApply(TopicStore::outcome);
    }

    /** Publishes several, and sends each without waiting for the one before. The outcomes have the same order. */
    List<PublishOutcome> publish(RedisConnections redis, List<PublishRequest> requests) {
        return redis
                .startInOrder(requests.stream()
                        .map(request -> publishCall(redis, request))
                        .toList())
                .stream()
                .map(TopicStore::outcome)
                .toList();
    }

    private static PublishOutcome outcome(Supplier<List<?>> answer) {
        try {
            return new PublishOutcome.Made(result(answer.get()));
        } catch (BrokerUnavailableException e) {
            return new PublishOutcome.Failed(e);
        }
    }

    private Call publishCall(RedisConnections redis, PublishRequest request) {
        TopicName topic = request.topic();
        Payload payload = request.payload();
        PublishOptions options = request.options();
        Retention retention = retentions.apply(topic);
        List<String> keys = keys(topic);
        if (options.idempotencyKey() != null) {
            keys.add(Keys.idempotency(topic, options.idempotencyKey()));
        }
        List<byte[]> arguments = opening(redis, topic);
        arguments.add(ScriptArguments.bytes(PartitionStore.INDEX_LIFE.toMillis()));
        arguments.add(ScriptArguments.bytes(PubSubCodec.head(payload, options.key(), options.traceparent())));
        arguments.add(bytes(payload));
        arguments.add(ScriptArguments.bytes(retention.size()));
        arguments.add(ScriptArguments.bytes(retention.ttl().toMillis()));
        arguments.add(ScriptArguments.bytes(PublishOptions.IDEMPOTENCY_WINDOW.toMillis()));
        return Call.on(topic, Script.PUBLISH, keys, arguments);
    }

    private static PublishResult result(List<?> answer) {
        return new PublishResult(
                Position.parse(ScriptArguments.text(answer.get(0))), ScriptArguments.number(answer.get(1)) == 1);
    }

    /**
     * The position of a topic, for a subscription about to begin.
     *
     * @param asked the position after which the history was read; null if only position and members were asked for
     */
    record Standing(@Nullable Position asked, History history, List<Member> members) {}

    /**
     * @param since the position after which to read the history; null to ask only for the topic's position and members
     */
    record Asked(TopicName topic, @Nullable Position since) {}

    /** Asks for the positions of topics, without waiting for the answers. They have the same order. */
    List<Supplier<Standing>> standings(RedisConnections redis, List<Asked> all, int limit) {
        List<Supplier<List<?>>> answers = redis.startAll(
                all.stream().map(each -> standingCall(redis, each, limit)).toList());
        List<Supplier<Standing>> standings = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Asked asked = all.get(i);
            Supplier<List<?>> answer = answers.get(i);
            standings.add(() -> standing(asked, answer.get()));
        }
        return standings;
    }

    private Call standingCall(RedisConnections redis, Asked asked, int limit) {
        TopicName topic = asked.topic();
        if (asked.since() != null) {
            return historyCall(redis, topic, asked.since(), limit);
        }
        List<String> keys = new ArrayList<>(keys(topic).subList(0, READ));
        keys.add(Keys.members(topic));
        return Call.on(topic, Script.STANDING, keys, opening(redis, topic));
    }

    private static Standing standing(Asked asked, List<?> answer) {
        if (asked.since() != null) {
            return new Standing(asked.since(), history(asked.topic(), asked.since(), answer), List.of());
        }
        Position now = Position.parse(ScriptArguments.text(answer.get(0)));
        return new Standing(null, new History(List.of(), true, now), members((List<?>) answer.get(1)));
    }

    History history(RedisConnections redis, TopicName topic, @Nullable Position since, int limit) {
        return history(topic, since, redis.run(historyCall(redis, topic, since, limit)));
    }

    /** The histories after positions of topics, in the same order. */
    List<History> histories(RedisConnections redis, List<Map.Entry<TopicName, Position>> since, int limit) {
        List<List<?>> answers = redis.runAll(since.stream()
                .map(each -> historyCall(redis, each.getKey(), each.getValue(), limit))
                .toList());
        List<History> histories = new ArrayList<>();
        for (int i = 0; i < since.size(); i++) {
            histories.add(history(since.get(i).getKey(), since.get(i).getValue(), answers.get(i)));
        }
        return histories;
    }

    private Call historyCall(RedisConnections redis, TopicName topic, @Nullable Position since, int limit) {
        List<byte[]> arguments = opening(redis, topic);
        arguments.add(ScriptArguments.bytes(since == null ? "" : since.epoch()));
        arguments.add(ScriptArguments.bytes(since == null ? 0 : since.offset()));
        arguments.add(ScriptArguments.bytes(limit));
        arguments.add(ScriptArguments.bytes(retentions.apply(topic).ttl().toMillis()));
        return Call.on(topic, Script.HISTORY, keys(topic).subList(0, READ), arguments);
    }

    private static History history(TopicName topic, @Nullable Position since, List<?> answer) {
        Position latest = Position.parse(ScriptArguments.text(answer.get(0)));
        List<Publication> publications = new ArrayList<>();
        for (Object each : (List<?>) answer.get(2)) {
            List<?> entry = (List<?>) each;
            Position position = latest.at(Long.parseLong(ScriptArguments.text(entry.get(0))));
            publications.add(PubSubCodec.publication(
                    topic, position, ScriptArguments.text(entry.get(1)), ScriptArguments.text(entry.get(2)), (byte[])
                            entry.get(3)));
        }
        if (since == null) {
            Collections.reverse(publications);
        }
        return new History(publications, ScriptArguments.number(answer.get(1)) == 1, latest);
    }

    /**
     * The positions of topics at ticks of their partitions' clocks, in the same order. The offset is 0 if their history
     * does not tell, and the result is empty if publications were lost since then.
     */
    List<Optional<Position>> stoodAt(RedisConnections redis, List<PartitionStore.Recent> ticks) {
        return redis
                .runAll(ticks.stream()
                        .map(each -> {
                            TopicName topic = each.topic();
                            List<byte[]> arguments = opening(redis, topic);
                            arguments.add(ScriptArguments.bytes(each.tick()));
                            return Call.on(topic, Script.STOOD, keys(topic).subList(0, READ), arguments);
                        })
                        .toList())
                .stream()
                .map(answer ->
                        answer.stream().findFirst().map(ScriptArguments::text).map(Position::parse))
                .toList();
    }

    /**
     * Reports publications that a node knows of. If Redis does not know them, they were lost, and all nodes are told.
     *
     * @return where these publications are now, in the same order; empty if they were lost
     */
    List<Optional<Position>> witness(RedisConnections redis, List<Map.Entry<TopicName, Position>> known) {
        List<List<?>> answers = redis.runAll(known.stream()
                .map(each -> witnessCall(redis, each.getKey(), each.getValue()))
                .toList());
        List<Optional<Position>> now = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            boolean lost = ScriptArguments.number(answers.get(i).getFirst()) == 1;
            Position position = new Position(
                    ScriptArguments.text(answers.get(i).get(1)),
                    known.get(i).getValue().offset());
            now.add(lost ? Optional.empty() : Optional.of(position));
        }
        return now;
    }

    private Call witnessCall(RedisConnections redis, TopicName topic, Position known) {
        List<byte[]> arguments = opening(redis, topic);
        arguments.add(ScriptArguments.bytes(PartitionStore.INDEX_LIFE.toMillis()));
        arguments.add(ScriptArguments.bytes(known.epoch()));
        arguments.add(ScriptArguments.bytes(known.offset()));
        arguments.add(ScriptArguments.bytes(Position.ofNewEpoch().epoch()));
        return Call.on(topic, Script.LOST, keys(topic), arguments);
    }

    List<Member> members(RedisConnections redis, TopicName topic) {
        return members(redis, List.of(topic)).getFirst();
    }

    /** The members of topics, in the same order. */
    List<List<Member>> members(RedisConnections redis, List<TopicName> topics) {
        return redis.startMembers(topics).stream()
                .map(answer -> members(answer.get()))
                .toList();
    }

    private static List<Member> members(List<?> values) {
        return values.stream()
                .map(value -> PubSubCodec.member((byte[]) value))
                .sorted(Comparator.comparing(Member::connection))
                .toList();
    }

    private List<byte[]> opening(RedisConnections redis, TopicName topic) {
        Duration ttl = retentions.apply(topic).ttl();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.bytes(redis.incarnation(Keys.partition(topic))));
        arguments.add(ScriptArguments.bytes(topic.value()));
        arguments.add(ScriptArguments.bytes(SHORTEST_LIFE.plus(ttl).toMillis()));
        return arguments;
    }

    private static List<String> keys(TopicName topic) {
        int partition = Keys.partition(topic);
        String firstPart = Keys.firstPart(topic); // an internal topic's has no listeners: no pattern matches
        return new ArrayList<>(List.of(
                Keys.clock(partition),
                Keys.index(partition),
                Keys.state(topic),
                Keys.history(topic),
                Keys.channel(topic),
                Keys.patternChannel(partition, topic.isInternal() ? firstPart : Keys.ANY),
                Keys.patternChannel(partition, firstPart)));
    }

    private static byte[] bytes(Payload payload) {
        byte[] bytes = new byte[payload.size()];
        payload.bytes().get(bytes);
        return bytes;
    }
}
