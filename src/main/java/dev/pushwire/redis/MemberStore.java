package dev.pushwire.redis;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The leases that members of topics have in Redis. */
final class MemberStore {
    /** A member's place on a topic. */
    record Place(TopicName topic, String connection) {}

    /** A member, and where. */
    record Present(TopicName topic, Member member) {}

    /** Adds members, or renews their leases. */
    void join(RedisConnections redis, Collection<Present> members, Duration lease) {
        redis.runAll(members.stream()
                .map(each -> Call.on(
                        each.topic(),
                        Script.JOIN,
                        keys(each.topic()),
                        List.of(
                                Texts.bytes(redis.publishCommand()),
                                Texts.bytes(each.topic().value()),
                                Texts.bytes(each.member().connection()),
                                Wire.bytes(each.member()),
                                Texts.bytes(lease.toMillis()))))
                .toList());
    }

    void leave(RedisConnections redis, Collection<Place> places) {
        leave(redis, places, "");
    }

    private static void leave(RedisConnections redis, Collection<Place> places, String condition) {
        redis.runAll(places.stream()
                .map(place -> Call.on(
                        place.topic(),
                        Script.LEAVE,
                        keys(place.topic()),
                        List.of(
                                Texts.bytes(redis.publishCommand()),
                                Texts.bytes(place.topic().value()),
                                Texts.bytes(place.connection()),
                                Texts.bytes(condition))))
                .toList());
    }

    /** Ends the leases that are over. */
    void expire(RedisConnections redis) {
        List<Place> over = new ArrayList<>();
        List<Call> calls = IntStream.range(0, Keys.PARTITIONS)
                .mapToObj(partition -> new Call(Script.EXPIRED, partition, List.of(Keys.leases(partition)), List.of()))
                .toList();
        for (List<?> answer : redis.runAll(calls)) {
            for (Object each : answer) {
                String[] words = Texts.text(each).split(" ");
                over.add(new Place(new TopicName(words[0]), words[1]));
            }
        }
        leave(redis, over, "expired");
    }

    private static List<String> keys(TopicName topic) {
        int partition = Keys.partition(topic);
        return List.of(
                Keys.members(topic),
                Keys.leases(partition),
                Keys.channel(topic),
                Keys.patternChannel(partition, Keys.ANY),
                Keys.patternChannel(partition, Keys.firstPart(topic)));
    }
}
