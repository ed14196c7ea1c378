package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.TopicName;
import dev.pushwire.redis.MemberStore.Place;
import dev.pushwire.redis.MemberStore.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members of this node. Each is in Redis on a lease that is renewed as long as the node lives; what could not be said
 * while Redis was away is said when it is back. Thread-safe.
 */
final class Leases {
    /** Beats that a node may miss before it counts as dead. */
    private static final int MISSED = 3;
    /** Members to speak of at once. */
    private static final int AT_ONCE = 500;

    private final MemberStore store;
    private final Duration lease;
    private final Map<Place, Member> members = new ConcurrentHashMap<>();
    private final Set<Place> leaving = ConcurrentHashMap.newKeySet();

    /** @param beat how often {@link #beat} is called */
    Leases(MemberStore store, Duration beat) {
        this.store = store;
        this.lease = beat.multipliedBy(MISSED);
    }

    void join(RedisLink link, TopicName topic, Member member) {
        Place place = new Place(topic, member.connection());
        leaving.remove(place);
        members.put(place, member);
        try {
            store.join(link.connections(), List.of(new Present(topic, member)), lease);
        } catch (BrokerUnavailableException e) {
            // with the next beat
        }
        if (!members.containsKey(place)) {
            leave(link, topic, member.connection()); // it left while it was joining
        }
    }

    void leave(RedisLink link, TopicName topic, String connection) {
        Place place = new Place(topic, connection);
        members.remove(place);
        leaving.add(place);
        try {
            sayLeft(link.connections(), List.of(place));
        } catch (BrokerUnavailableException e) {
            // with the next beat
        }
    }

    private void sayLeft(RedisConnections redis, List<Place> places) {
        store.leave(redis, places);
        places.forEach(leaving::remove);
    }

    /** Says what is still to be said, renews this node's leases, and ends those of others that are over. */
    void beat(RedisConnections redis) {
        Chunks.of(List.copyOf(leaving), AT_ONCE).forEach(places -> sayLeft(redis, places));
        List<Present> present = new ArrayList<>();
        members.forEach((place, member) -> present.add(new Present(place.topic(), member)));
        Chunks.of(present, AT_ONCE).forEach(some -> store.join(redis, some, lease));
        store.expire(redis);
    }
}
