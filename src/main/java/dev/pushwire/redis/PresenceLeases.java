package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.TopicName;
import dev.pushwire.redis.MemberStore.Beat;
import dev.pushwire.redis.MemberStore.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The members of this node. In Redis they belong to the node's lease, which is renewed as long as the node lives.
 * Changes that could not be made while Redis was away, or had no memory left, are made later. Thread-safe.
 */
final class PresenceLeases {
    /** How many heartbeats a node may miss before it counts as dead. */
    private static final int MISSED = 3;
    /** How many members one call tells about. */
    private static final int AT_ONCE = 500;

    private final MemberStore store;
    private final Map<Place, Member> members = new ConcurrentHashMap<>();
    private final Set<Place> unsaid = ConcurrentHashMap.newKeySet(); // for which Redis may have other data

    // Used only by beats, which come one after the other:
    private final Map<Integer, String> lives = new HashMap<>(); // the life of each partition's server at the last beat
    private @Nullable RedisConnections beatOver;
    private int beats;

    PresenceLeases(MemberStore store) {
        this.store = store;
    }

    /** The length of a lease that is renewed this often. */
    static Duration lease(Duration beat) {
        return beat.multipliedBy(MISSED);
    }

    void join(RedisLink link, TopicName topic, Member member) {
        Place place = new Place(topic, member.connection());
        members.put(place, member);
        say(link, place);
    }

    void leave(RedisLink link, TopicName topic, String connection) {
        Place place = new Place(topic, connection);
        members.remove(place);
        say(link, place);
    }

    private void say(RedisLink link, Place place) {
        unsaid.add(place);
        try {
            say(link.connections(), List.of(place));
        } catch (BrokerUnavailableException e) {
            // the next beat tries again
        }
    }

    /**
     * Tells the server which connections are members and which are not. If that changes meanwhile, it tells again, so
     * that the last call is right.
     */
    private void say(RedisConnections redis, Collection<Place> places) {
        Collection<Place> next = places;
        while (!next.isEmpty()) {
            next.forEach(unsaid::remove);
            Map<Place, Member> present = new HashMap<>();
            for (Place place : next) {
                Member member = members.get(place);
                if (member != null) {
                    present.put(place, member);
                }
            }
            List<Place> gone =
                    next.stream().filter(place -> !present.containsKey(place)).toList();
            try {
                store.leave(redis, gone);
                sayAgain(store.join(redis, present), present.keySet());
            } catch (RuntimeException e) {
                unsaid.addAll(next);
                throw e;
            }
            next = next.stream()
                    .filter(place -> !Objects.equals(members.get(place), present.get(place)))
                    .toList();
        }
    }

    private void sayAgain(Set<Integer> partitions, Set<Place> saidJustNow) {
        if (!partitions.isEmpty()) {
            members.keySet().stream()
                    .filter(place -> partitions.contains(place.partition()) && !saidJustNow.contains(place))
                    .forEach(unsaid::add);
        }
    }

    /**
     * Renews this node's leases, removes the members of dead nodes, and makes the changes that are still to be made. It
     * is called at each heartbeat, and for new connections; not by two threads at once.
     */
    void beat(RedisConnections redis) {
        beats = redis == beatOver ? beats + 1 : 0;
        beatOver = redis;
        Set<Integer> occupied = members.keySet().stream().map(Place::partition).collect(Collectors.toSet());
        List<Beat> answers = store.beat(redis, occupied);
        sayAgain(
                IntStream.range(0, answers.size())
                        .filter(partition -> isNewLife(redis, partition)
                                || !answers.get(partition).held())
                        .boxed()
                        .collect(Collectors.toSet()),
                Set.of());
        if (beats >= MISSED) { // else other nodes may not have come back yet, as this one just did
            for (int partition = 0; partition < answers.size(); partition++) {
                for (String dead : answers.get(partition).over()) {
                    store.clear(redis, partition, dead);
                }
            }
        }
        sayAll(redis, place -> !members.containsKey(place));
        sayAll(redis, members::containsKey); // last, since only additions may be refused
    }

    private void sayAll(RedisConnections redis, Predicate<Place> which) {
        unsaid.stream().filter(which).gather(Gatherers.windowFixed(AT_ONCE)).forEach(places -> say(redis, places));
    }

    /** Whether the server may have forgotten changes. */
    private boolean isNewLife(RedisConnections redis, int partition) {
        String life = redis.incarnation(partition);
        String before = lives.put(partition, life);
        return before != null && !before.equals(life);
    }
}
