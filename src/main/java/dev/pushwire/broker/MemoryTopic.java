package dev.pushwire.broker;

import dev.pushwire.broker.HistoryMemory.Remembered;
import dev.pushwire.broker.PatternIndex.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private @Nullable Answer<Set<Subscriber>> toldWildcards; // what that was made of; null to make it again
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

    PublishResult publish(
            Payload payload, PublishOptions options, Instant now, PatternIndex<Set<Subscriber>> wildcards) {
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
        toldWildcards = null;
    }

    void unsubscribe(Subscriber subscriber) {
        exact.remove(subscriber);
        toldWildcards = null;
    }

    void join(Member member, PatternIndex<Set<Subscriber>> wildcards) {
        if (members.put(member.connection(), member) == null) {
            told(wildcards).forEach(subscriber -> subscriber.joined(name, member));
        }
    }

    void leave(String connection, PatternIndex<Set<Subscriber>> wildcards) {
        Member member = members.remove(connection);
        if (member != null) {
            told(wildcards).forEach(subscriber -> subscriber.left(name, member));
        }
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    /** Who was told of what happened last. */
    List<Subscriber> told() {
        return told;
    }

    private List<Subscriber> told(PatternIndex<Set<Subscriber>> wildcards) {
        Answer<Set<Subscriber>> matching = wildcards.answer(name, toldWildcards);
        if (matching != toldWildcards) {
            Set<Subscriber> all = new LinkedHashSet<>(exact);
            matching.values().forEach(all::addAll);
            told = new ArrayList<>(all);
            toldWildcards = matching.isWorthKeeping() ? matching : null;
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
}
