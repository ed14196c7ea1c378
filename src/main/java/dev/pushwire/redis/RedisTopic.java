package dev.pushwire.redis;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this node has given its subscribers of a topic. Messages from a channel or from the history are given in the
 * order of the offsets, each once. If a message is not the next one, a look at the history follows. Thread-safe;
 * subscribers are told under the topic's lock.
 */
final class RedisTopic {
    private final TopicName name;
    private final Function<TopicName, Collection<Subscriber>> wildcards;
    private volatile Set<Subscriber> exact = Set.of(); // replaced under the lock
    private final Map<String, Member> members = new HashMap<>();
    private @Nullable Position last;
    private volatile long usedAt = System.nanoTime();
    private @Nullable List<PubSubCodec.Message> early; // the messages that came while the beginning was not known

    /** @param wildcards the subscribers to patterns that match a topic */
    RedisTopic(TopicName name, Function<TopicName, Collection<Subscriber>> wildcards) {
        this.name = name;
        this.wildcards = wildcards;
    }

    TopicName name() {
        return name;
    }

    /** Keeps what comes until {@link #open} or {@link #giveUp}. */
    synchronized void expect() {
        early = new ArrayList<>();
    }

    /**
     * There will be no {@link #open}.
     *
     * @return what the messages that came meanwhile call for
     */
    synchronized Verdict giveUp() {
        return takeEarly();
    }

    /** Takes the early messages before any other message, which would leave a gap after them. */
    private Verdict takeEarly() {
        List<PubSubCodec.Message> came = early == null ? List.of() : early;
        early = null;
        Verdict verdict = Verdict.DONE;
        for (PubSubCodec.Message message : came) {
            if (take(message) == Verdict.GAP) {
                verdict = Verdict.GAP;
            }
        }
        return verdict;
    }

    /**
     * Lets subscribers join. Subscribers by pattern may not have got everything yet, and a new subscriber must not get
     * what came before its position. So the others first get what was read of the history.
     *
     * @param asked the position after which the history was read
     * @return what the messages that came meanwhile call for; null if there is more to read before
     */
    synchronized @Nullable Verdict open(Position asked, History history) {
        return catchUp(asked, history) || last == null ? null : takeEarly();
    }

    /** Sets the position, unless it is known because publications have come. */
    synchronized void begin(Position from) {
        if (last == null) {
            last = from;
        }
    }

    /** Sets the position and the members. */
    synchronized void begin(Position from, List<Member> present) {
        if (last == null) {
            last = from;
            present.forEach(member -> members.put(member.connection(), member));
        }
    }

    /** Sets the position, and tells subscribers that something may have been missed. */
    synchronized void beginIncomplete(Position from) {
        if (last == null) {
            resume(from, false);
        }
    }

    /**
     * Adds a subscriber.
     *
     * @return the position after which it is told
     */
    synchronized Position add(Subscriber subscriber) {
        Set<Subscriber> more = new LinkedHashSet<>(exact);
        more.add(subscriber);
        exact = Set.copyOf(more);
        return position();
    }

    /**
     * Removes a subscriber.
     *
     * @return whether it was there
     */
    synchronized boolean remove(Subscriber subscriber) {
        Set<Subscriber> fewer = new LinkedHashSet<>(exact);
        boolean wasIn = fewer.remove(subscriber);
        exact = Set.copyOf(fewer);
        return wasIn;
    }

    /** Whether there are subscribers by name. */
    boolean hasExact() {
        return !exact.isEmpty();
    }

    /** Whether a pattern with subscribers matches the topic. */
    boolean hasWildcards() {
        return !wildcards.apply(name).isEmpty();
    }

    /** When a message of the topic was last given, as {@link System#nanoTime} counts. */
    long usedAt() {
        return usedAt;
    }

    /** The position of the topic; null if it is not known yet. */
    synchronized @Nullable Position last() {
        return last;
    }

    /** The position of a topic that has begun. */
    Position position() {
        return Objects.requireNonNull(last(), "known since it began");
    }

    /** What a message calls for. */
    enum Verdict {
        DONE,
        /** A message is missing, so the history must be read. */
        GAP
    }

    synchronized Verdict take(PubSubCodec.Message message) {
        if (early != null) {
            early.add(message);
            return Verdict.DONE;
        }
        return switch (message) {
            case PubSubCodec.Published(Publication publication, long _) -> take(publication);
            case PubSubCodec.Lost _ -> Verdict.GAP;
            case PubSubCodec.Joined(TopicName _, Member member) -> {
                joined(member);
                yield Verdict.DONE;
            }
            case PubSubCodec.Left(TopicName _, Member member) -> {
                left(member.connection());
                yield Verdict.DONE;
            }
        };
    }

    private Verdict take(Publication publication) {
        Position position = publication.position();
        if (last != null && EpochName.beginsAnew(position, last)) {
            resume(position.at(0), true);
        }
        if (last != null && !position.epoch().equals(last.epoch())) {
            return Verdict.GAP;
        }
        if (last != null && position.offset() > last.offset() + 1) {
            return Verdict.GAP;
        }
        if (last == null || position.offset() == last.offset() + 1) {
            last = position;
            usedAt = System.nanoTime();
            told().forEach(subscriber -> subscriber.published(publication));
        }
        return Verdict.DONE;
    }

    /**
     * Gives what the history has after the position {@code asked}, which was {@link #last}.
     *
     * @return whether there is more to ask for
     */
    synchronized boolean catchUp(Position asked, History history) {
        if (!asked.equals(last)) {
            return true; // something has come meanwhile
        }
        Position latest = history.latest();
        if (!history.recovered()) {
            resume(latest, false);
            return false;
        }
        if (!latest.epoch().equals(asked.epoch())) {
            resume(latest.at(asked.offset()), true);
        }
        history.publications().forEach(this::take);
        return !history.publications().isEmpty() && !latest.equals(last);
    }

    private void resume(Position from, boolean complete) {
        last = from;
        told().forEach(subscriber -> subscriber.resumed(name, from, complete));
    }

    /** Tells subscribers of members that came and went unnoticed. */
    synchronized void present(List<Member> now) {
        Map<String, Member> gone = new HashMap<>(members);
        now.forEach(member -> gone.remove(member.connection()));
        gone.keySet().forEach(this::left);
        now.forEach(this::joined);
    }

    private void joined(Member member) {
        if (members.put(member.connection(), member) == null) {
            told().forEach(subscriber -> subscriber.joined(name, member));
        }
    }

    private void left(String connection) {
        Member member = members.remove(connection);
        if (member != null) {
            told().forEach(subscriber -> subscriber.left(name, member));
        }
    }

    /** The wait for subscribers that are behind with what this thread has told them; null for none. */
    @Nullable
    Runnable heldBack() {
        Runnable all = null;
        for (Subscriber subscriber : told()) {
            Runnable wait = subscriber.heldBack();
            if (wait != null) {
                all = all == null ? wait : both(all, wait);
            }
        }
        return all;
    }

    private static Runnable both(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    private Set<Subscriber> told() {
        Collection<Subscriber> byPattern = wildcards.apply(name);
        if (byPattern.isEmpty()) {
            return exact;
        }
        Set<Subscriber> all = new LinkedHashSet<>(exact);
        all.addAll(byPattern);
        return all;
    }
}
