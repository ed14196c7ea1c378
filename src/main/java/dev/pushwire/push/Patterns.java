package dev.pushwire.push;

import dev.pushwire.broker.PatternIndex;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers to patterns with wildcards. A pattern that has lost its last subscriber stays for a little while.
 * Thread-safe; coming and going takes turns, delivering does not wait for it.
 */
final class Patterns {
    private final SessionGroup.Factory groups;
    private final int limit;
    private final Map<TopicPattern, SubscriberGroups> patterns =
            new ConcurrentHashMap<>(); // changed under the lock of this
    private final PatternIndex<SubscriberGroups> index = new PatternIndex<>(); // likewise
    private final LongAdder size = new LongAdder();
    private final Set<TopicPattern> deserted = ConcurrentHashMap.newKeySet(); // all without subscribers are in

    /** @param limit patterns that there may be at a time; 0 for any number */
    Patterns(SessionGroup.Factory groups, int limit) {
        this.groups = groups;
        this.limit = limit;
    }

    /**
     * Adds a session.
     *
     * @param first called for the first one of its pattern, before it is added; if that throws, it is not
     * @param forgotten called for a pattern that had to make room
     */
    synchronized void add(
            TopicPattern pattern,
            MessageFormat format,
            Session session,
            Consumer<TopicPattern> first,
            Consumer<TopicPattern> forgotten)
            throws TooManyPatternsException {
        SubscriberGroups subscriberGroups = patterns.get(pattern);
        if (subscriberGroups == null) {
            makeRoom(forgotten);
            first.accept(pattern);
            SubscriberGroups none = new SubscriberGroups(groups, (change, left) -> sized(pattern, change, left));
            patterns.put(pattern, none);
            index.compute(pattern, absent -> none);
            subscriberGroups = none;
        }
        subscriberGroups.add(format, session);
        noteIfDeserted(pattern, subscriberGroups); // the session may have ended meanwhile
    }

    private void makeRoom(Consumer<TopicPattern> forgotten) throws TooManyPatternsException {
        if (limit > 0 && patterns.size() >= limit) {
            for (TopicPattern pattern : deserted) {
                if (forgetIfDeserted(pattern, forgotten)) {
                    return;
                }
            }
            throw new TooManyPatternsException(limit);
        }
    }

    /** Takes a session out. */
    void remove(TopicPattern pattern, MessageFormat format, Session session) {
        SubscriberGroups subscriberGroups = patterns.get(pattern);
        if (subscriberGroups != null) {
            subscriberGroups.remove(format, session);
        }
    }

    private void sized(TopicPattern pattern, int change, int left) {
        size.add(change);
        if (left == 0) {
            deserted.add(pattern);
        }
    }

    private void noteIfDeserted(TopicPattern pattern, SubscriberGroups subscriberGroups) {
        if (subscriberGroups.isEmpty()) {
            deserted.add(pattern);
        }
    }

    /** Forgets the patterns that nobody is subscribed to any more. */
    synchronized void forgetDeserted(Consumer<TopicPattern> forgotten) {
        deserted.forEach(pattern -> forgetIfDeserted(pattern, forgotten));
    }

    private boolean forgetIfDeserted(TopicPattern pattern, Consumer<TopicPattern> forgotten) {
        deserted.remove(pattern); // first: if the last one leaves just now, it is noted again
        SubscriberGroups subscriberGroups = patterns.get(pattern);
        if (subscriberGroups == null || !subscriberGroups.isEmpty()) {
            return false;
        }
        patterns.remove(pattern);
        index.compute(pattern, gone -> null);
        forgotten.accept(pattern);
        return true;
    }

    /** The subscribers to those patterns that match. */
    List<SubscriberGroups> matching(TopicName topic) {
        return index.matching(topic);
    }

    /** The same; see {@link PatternIndex#answer}. */
    PatternIndex.Answer<SubscriberGroups> matching(
            TopicName topic, PatternIndex.@Nullable Answer<SubscriberGroups> known) {
        return index.answer(topic, known);
    }

    /** How many patterns there are. */
    int count() {
        return patterns.size();
    }

    /** Whether this pattern is known. */
    boolean contains(TopicPattern pattern) {
        return patterns.containsKey(pattern);
    }

    /** How many subscriptions there are. */
    long size() {
        return size.sum();
    }
}
