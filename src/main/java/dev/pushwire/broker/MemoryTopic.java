package dev.pushwire.broker;

import dev.pushwire.broker.HistoryMemory.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One topic of the {@link MemoryBroker}, which holds its lock for each call. */
final class MemoryTopic {
    /** So that a publisher with a new key each time does not fill the memory within the window. */
    private static final int MAX_IDEMPOTENCY_KEYS = 10_000;
    /** So that whoever has asked where a topic stands can come back with that. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    private final TopicName name;
    private final Retention retention;
    private final HistoryMemory memory;
    private final ArrayDeque<Remembered> history = new ArrayDeque<>(0);
    private final Map<String, Once> published = new LinkedHashMap<>(0); // by idempotency key, oldest first
    private final SortedMap<String, Member> members = new TreeMap<>();
    private final Set<Subscriber> exact = new LinkedHashSet<>(2);
    private List<Subscriber> told = List.of();
    private int toldVersion = -1;
    private Position latest = Position.ofNewEpoch();
    private Instant usedAt;
    private boolean expired;

    MemoryTopic(TopicName name, Retention retention, HistoryMemory memory, Instant now) {
        this.name = name;
        this.retention = retention;
        this.memory = memory;
        this.usedAt = now;
    }

    /** Somebody has asked for this topic. */
    void used(Instant now) {
        usedAt = now;
    }

    Position latest() {
        return latest;
    }

    PublishResult publish(Payload payload, PublishOptions options, Instant now, Subscriptions wildcards) {
        forgetKeys(now);
        Once before = options.idempotencyKey() == null ? null : published.get(options.idempotencyKey());
        if (before != null) {
            return new PublishResult(before.position(), true);
        }
        latest = latest.at(latest.offset() + 1);
        Publication publication = new Publication(name, latest, payload, options.key(), now);
        if (options.idempotencyKey() != null) {
            published.put(options.idempotencyKey(), new Once(latest, now));
        }
        if (retention.size() > 0) {
            Remembered newest = new Remembered(this, publication);
            history.add(newest);
            memory.add(newest);
            forgetPublications(now);
        }
        for (Subscriber subscriber : told(wildcards)) {
            subscriber.published(publication);
        }
        return new PublishResult(latest, false);
    }

    History history(@Nullable Position since, int limit, Instant now) {
        forgetPublications(now);
        long behind = since == null ? Math.max(latest.offset() - limit, oldest() - 1) : since.offset();
        boolean recovered = since == null
                || (since.epoch().equals(latest.epoch()) && behind <= latest.offset() && behind >= oldest() - 1);
        List<Publication> publications = recovered
                ? history.stream()
                        .skip(behind - (oldest() - 1))
                        .limit(limit)
                        .map(Remembered::publication)
                        .toList()
                : List.of();
        return new History(publications, recovered, latest);
    }

    /** The offset of the oldest publication that is remembered, or of the next when none is. */
    private long oldest() {
        return latest.offset() - history.size() + 1;
    }

    private void forgetPublications(Instant now) {
        while (history.size() > retention.size()) {
            memory.remove(history.remove());
        }
        for (Remembered first = history.peek();
                first != null && isOver(first.publication().publishedAt().plus(retention.ttl()), now);
                first = history.peek()) {
            memory.remove(history.remove());
        }
    }

    /** Forgets this one before its time, if it is not forgotten yet: it was the oldest. */
    void evict(Remembered first) {
        if (history.peek() == first) {
            memory.evict(history.remove());
        }
    }

    private void forgetKeys(Instant now) {
        for (Iterator<Once> all = published.values().iterator(); all.hasNext(); ) {
            boolean over = isOver(all.next().publishedAt().plus(PublishOptions.IDEMPOTENCY_WINDOW), now);
            if (!over && published.size() <= MAX_IDEMPOTENCY_KEYS) {
                return;
            }
            all.remove();
        }
    }

    private static boolean isOver(Instant end, Instant now) {
        return !end.isAfter(now);
    }

    void subscribe(Subscriber subscriber) {
        exact.add(subscriber);
        toldVersion = -1;
    }

    void unsubscribe(Subscriber subscriber) {
        exact.remove(subscriber);
        toldVersion = -1;
    }

    void join(Member member, Subscriptions wildcards) {
        if (members.put(member.connection(), member) == null) {
            told(wildcards).forEach(subscriber -> subscriber.joined(name, member));
        }
    }

    void leave(String connection, Subscriptions wildcards) {
        Member member = members.remove(connection);
        if (member != null) {
            told(wildcards).forEach(subscriber -> subscriber.left(name, member));
        }
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    private List<Subscriber> told(Subscriptions wildcards) {
        if (toldVersion != wildcards.version()) {
            toldVersion = wildcards.version();
            Set<Subscriber> all = new LinkedHashSet<>(exact);
            all.addAll(wildcards.to().apply(name));
            told = new ArrayList<>(all);
        }
        return told;
    }

    /** Forgets what is out of date, and the whole topic if nothing is left: from then on it must not be used. */
    boolean expire(Instant now) {
        forgetPublications(now);
        forgetKeys(now);
        expired = isOver(usedAt.plus(SHORTEST_LIFE), now)
                && exact.isEmpty()
                && history.isEmpty()
                && published.isEmpty()
                && members.isEmpty();
        return expired;
    }

    boolean isExpired() {
        return expired;
    }

    /** What an idempotency key was used for. */
    private record Once(Position position, Instant publishedAt) {}

    /**
     * The subscriptions with wildcards.
     *
     * @param version another one whenever they have changed
     */
    record Subscriptions(int version, Function<TopicName, Collection<Subscriber>> to) {}
}
