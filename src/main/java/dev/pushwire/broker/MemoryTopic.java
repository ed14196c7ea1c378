package dev.pushwire.broker;

import dev.pushwire.broker.PatternIndex.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the {@link MemoryBroker}, which holds the topic's lock for each call. There may be very many topics with
 * a subscriber and nothing else. So parts that few topics need are made on demand.
 */
final class MemoryTopic {
    /** Long enough for a publisher to come back with its position, and for another one to continue after it. */
    static final long BARE_LIFE = 60_000;

    private final TopicName name;
    private final Retention retention;
    private final TopicMemory memory;
    private Position latest;
    private List<Subscriber> exact = List.of();
    private List<Subscriber> told = List.of();
    private @Nullable Answer<Set<Subscriber>> toldWildcards; // the answer that told was made from; null to make it anew
    private @Nullable SortedMap<String, Member> members;
    private @Nullable Remembrance remembrance;
    private @Nullable Idle idle;
    private boolean forgotten;

    /** @param start the position of the topic */
    MemoryTopic(TopicName name, Position start, Retention retention, TopicMemory memory) {
        this.name = name;
        this.latest = start;
        this.retention = retention;
        this.memory = memory;
    }

    TopicName name() {
        return name;
    }

    Position latest() {
        return latest;
    }

    PublishResult publish(
            Payload payload, PublishOptions options, Instant now, PatternIndex<Set<Subscriber>> wildcards) {
        forgetOver(now.toEpochMilli());
        String once = options.idempotencyKey();
        Long before = once == null || remembrance == null ? null : remembrance.published(once);
        if (before != null) {
            return new PublishResult(latest.at(before), true);
        }
        latest = latest.at(latest.offset() + 1);
        Publication publication = new Publication(name, latest, payload, options.key(), now, options.traceparent());
        if (once != null) {
            remembrance().add(once, latest.offset(), now.toEpochMilli());
        }
        if (retention.size() > 0) {
            remembrance().add(publication);
        }
        for (Subscriber subscriber : told(wildcards)) {
            subscriber.published(publication);
        }
        return new PublishResult(latest, false);
    }

    /** How many publications and idempotency keys it remembers. */
    int remembered() {
        return remembrance == null ? 0 : remembrance.size();
    }

    private Remembrance remembrance() {
        if (remembrance == null) {
            remembrance = new Remembrance(this, retention, memory);
        }
        return remembrance;
    }

    private void forgetOver(long now) {
        if (remembrance != null) {
            remembrance.forgetOver(now);
        }
    }

    History history(@Nullable Position since, int limit, long now) {
        forgetOver(now);
        long oldest = latest.offset() - (remembrance == null ? 0 : remembrance.publications()); // the offset before it
        long behind = since == null ? Math.max(latest.offset() - limit, oldest) : since.offset();
        boolean recovered = since == null
                || (since.epoch().equals(latest.epoch()) && behind <= latest.offset() && behind >= oldest);
        List<Publication> publications =
                recovered && remembrance != null ? remembrance.publications(behind - oldest, limit) : List.of();
        return new History(publications, recovered, latest);
    }

    void subscribe(Subscriber subscriber) {
        if (!exact.contains(subscriber)) {
            List<Subscriber> more = new ArrayList<>(exact);
            more.add(subscriber);
            exact = List.copyOf(more);
            toldWildcards = null;
        }
    }

    void unsubscribe(Subscriber subscriber) {
        exact = exact.stream().filter(other -> !other.equals(subscriber)).toList();
        toldWildcards = null;
    }

    void join(Member member, PatternIndex<Set<Subscriber>> wildcards) {
        if (members == null) {
            members = new TreeMap<>();
        }
        if (members.put(member.connection(), member) == null) {
            told(wildcards).forEach(subscriber -> subscriber.joined(name, member));
        }
    }

    void leave(String connection, PatternIndex<Set<Subscriber>> wildcards) {
        Member member = members == null ? null : members.remove(connection);
        if (member != null) {
            told(wildcards).forEach(subscriber -> subscriber.left(name, member));
        }
    }

    List<Member> members() {
        return members == null ? List.of() : List.copyOf(members.values());
    }

    /** The subscribers that were told of the last event. */
    List<Subscriber> told() {
        return told;
    }

    private List<Subscriber> told(PatternIndex<Set<Subscriber>> wildcards) {
        Answer<Set<Subscriber>> matching = wildcards.answer(name, toldWildcards);
        if (matching != toldWildcards) {
            told = matching.values().isEmpty() ? exact : told(matching.values());
            toldWildcards = matching.isWorthKeeping() ? matching : null;
        }
        return told;
    }

    private List<Subscriber> told(List<Set<Subscriber>> matching) {
        Set<Subscriber> all = new LinkedHashSet<>(exact);
        matching.forEach(all::addAll);
        return List.copyOf(all);
    }

    /**
     * Keeps the topic as long as something needs it. It is called after each change.
     *
     * @return whether nothing needs the topic, so that it can be forgotten
     */
    boolean settle(long now) {
        if (!exact.isEmpty() || (members != null && !members.isEmpty())) {
            leaveIdle();
            return false;
        }
        boolean remembers = remembered() > 0;
        if (!remembers && latest.offset() == 0) {
            return true;
        }
        long usedAt = idle == null ? now : idle.usedAt;
        if (!remembers && now - usedAt >= BARE_LIFE) {
            return true;
        }
        if (idle == null || idle.remembers != remembers) {
            leaveIdle();
            idle = new Idle(usedAt, remembers);
            memory.addIdle(idle, remembers);
        }
        return false;
    }

    /** A publisher has used the topic, which has no subscribers: so it is not the one that was used least recently. */
    void used(long now) {
        if (idle != null) {
            idle.usedAt = now;
        }
    }

    private void leaveIdle() {
        if (idle != null) {
            memory.remove(idle);
            idle = null;
        }
    }

    /** Forgets everything. The topic must not be used after this. */
    void forget() {
        forgotten = true;
        leaveIdle();
        if (remembrance != null) {
            remembrance.clear();
        }
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** A topic without subscribers, kept for what was published. */
    private final class Idle extends Kept {
        /** The approximate memory of a topic, without the characters of its name, what it remembers, and sessions. */
        private static final int OVERHEAD = 350;

        private final boolean remembers;
        private volatile long usedAt;

        private Idle(long usedAt, boolean remembers) {
            super(MemoryTopic.this, usedAt);
            this.usedAt = usedAt;
            this.remembers = remembers;
        }

        @Override
        int size() {
            return OVERHEAD + name.value().length();
        }

        @Override
        void forget() {
            MemoryTopic.this.forget();
        }

        @Override
        boolean isUsedAfter(long time) {
            return usedAt > time;
        }
    }
}
