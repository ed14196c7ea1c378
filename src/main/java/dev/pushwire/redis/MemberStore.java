package dev.pushwire.redis;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The members of topics in Redis. They belong to a node, which has one lease in each partition with members of it. So
 * the cost of renewal does not grow with the members.
 */
final class MemberStore {
    /** How many members are removed at once. */
    private static final int AT_ONCE = 500;

    private final NodeName node;
    private final Duration lease;

    /** @param node the node whose members are added */
    MemberStore(NodeName node, Duration lease) {
        this.node = node;
        this.lease = lease;
    }

    /** A member's place on a topic. */
    record Place(TopicName topic, String connection) {
        int partition() {
            return Keys.partition(topic);
        }
    }

    /**
     * The answer of a partition to a node's heartbeat.
     *
     * @param held whether the node had a lease there; if not, its members may have been removed
     * @param over the nodes whose leases are over
     */
    record Beat(boolean held, List<String> over) {}

    /**
     * Adds members, or replaces them.
     *
     * @return the partitions where this node had no lease; it has one now
     */
    Set<Integer> join(RedisConnections redis, Map<Place, Member> members) {
        List<Call> calls = members.entrySet().stream()
                .map(each -> call(
                        Script.JOIN,
                        each.getKey(),
                        node.value(),
                        PubSubCodec.bytes(each.getValue()),
                        ScriptArguments.bytes(node.value()),
                        ScriptArguments.bytes(lease.toMillis())))
                .toList();
        List<List<?>> answers = redis.runAll(calls);
        return IntStream.range(0, calls.size())
                .filter(i -> ScriptArguments.number(answers.get(i).getFirst()) == 0)
                .mapToObj(i -> calls.get(i).partition())
                .collect(Collectors.toSet());
    }

    /** Removes members of this node. */
    void leave(RedisConnections redis, Collection<Place> places) {
        redis.runAll(places.stream()
                .map(place -> call(Script.LEAVE, place, node.value(), ScriptArguments.bytes("")))
                .toList());
    }

    /**
     * Shows that this node lives.
     *
     * @param occupied the partitions with members of this node
     * @return the answers, by partition
     */
    List<Beat> beat(RedisConnections redis, Set<Integer> occupied) {
        return redis
                .runAll(all(partition -> new Call(
                        Script.BEAT,
                        partition,
                        List.of(Keys.occupants(partition)),
                        List.of(
                                ScriptArguments.bytes(node.value()),
                                ScriptArguments.bytes(
                                        occupied.contains(partition) ? Long.toString(lease.toMillis()) : "")))))
                .stream()
                .map(answer -> new Beat(
                        ScriptArguments.number(answer.getFirst()) == 1,
                        ((List<?>) answer.getLast())
                                .stream().map(ScriptArguments::text).toList()))
                .toList();
    }

    private static List<Call> all(IntFunction<Call> call) {
        return IntStream.range(0, Keys.PARTITIONS).mapToObj(call).toList();
    }

    /** Removes the members of a node whose lease is over. */
    void clear(RedisConnections redis, int partition, String dead) {
        Call leftBehind = new Call(
                Script.LEFT_BEHIND,
                partition,
                List.of(Keys.occupants(partition), Keys.occupancy(partition, dead)),
                List.of(ScriptArguments.bytes(dead), ScriptArguments.bytes(AT_ONCE)));
        List<?> members = redis.run(leftBehind);
        while (!members.isEmpty()) {
            List<Call> leaves = new ArrayList<>();
            for (Object each : members) {
                String[] words = ScriptArguments.text(each).split(" ");
                Place place = new Place(TopicName.of(words[0]), words[1]);
                leaves.add(call(Script.LEAVE, place, dead, ScriptArguments.bytes(dead)));
            }
            redis.runAll(leaves);
            members = redis.run(leftBehind);
        }
    }

    /** @param more the arguments after the common ones */
    private static Call call(Script script, Place place, String node, byte[]... more) {
        int partition = place.partition();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.bytes(place.topic().value()));
        arguments.add(ScriptArguments.bytes(place.connection()));
        arguments.addAll(List.of(more));
        return new Call(
                script,
                partition,
                List.of(
                        Keys.members(place.topic()),
                        Keys.occupants(partition),
                        Keys.occupancy(partition, node),
                        Keys.channel(place.topic()),
                        Keys.patternChannel(partition, Keys.ANY),
                        Keys.patternChannel(partition, Keys.firstPart(place.topic()))),
                arguments);
    }
}
