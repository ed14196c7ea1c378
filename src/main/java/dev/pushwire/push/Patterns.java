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
 * Thread-safe; a caller that waits for the broker holds up no other.
 */
final class Patterns {
    private final SessionGroup.Factory groups;
    private final int limit;
    private final Consumer<TopicPattern> subscribe;
    private final Consumer<TopicPattern> unsubscribe;
    private final Map<TopicPattern, LivePattern> patterns = new ConcurrentHashMap<>(); // changed under the lock of this
    private final PatternIndex<LivePattern> index = new PatternIndex<>(); // likewise
    private final LongAdder size = new LongAdder();
    private final Set<TopicPattern> deserted = ConcurrentHashMap.newKeySet(); // holds all patterns without subscribers

    /**
     * @param limit how many patterns there may be at a time, with those that wait for the broker; 0 for any number
     * @param subscribe subscribes the node; may wait
     * @param unsubscribe ends the node's subscription; may wait
     */
    Patterns(
            SessionGroup.Factory groups,
            int limit,
            Consumer<TopicPattern> subscribe,
            Consumer<TopicPattern> unsubscribe) {
        this.groups = groups;
        this.limit = limit;
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
    }

    /**
     * Adds a session. May wait.
     *
     * @param first is called when the node is subscribed, before the session is added
     */
    void add(TopicPattern pattern, MessageFormat format, Session session, Runnable first)
            throws TooManyPatternsException {
        LivePattern live = use(pattern);
        try {
            live.join(format, session, first);
        } finally {
            live.release();
            noteIfDeserted(live); // the session may have ended meanwhile
        }
    }

    private LivePattern use(TopicPattern pattern) throws TooManyPatternsException {
        while (true) {
            LivePattern live = obtain(pattern);
            try {
                if (live.use(subscribe)) {
                    return live;
                }
            } catch (RuntimeException | Error e) {
                if (!retire(live)) {
                    noteIfDeserted(live); // another thread was using it
                }
                throw e;
            }
            forget(live); // it is retired, and about to be forgotten by the thread that did that
        }
    }

    private LivePattern obtain(TopicPattern pattern) throws TooManyPatternsException {
        LivePattern live = beginIfThereIsRoom(pattern);
        while (live == null) {
            if (!retireOne()) {
                throw new TooManyPatternsException(limit);
            }
            live = beginIfThereIsRoom(pattern);
        }
        return live;
    }

    private synchronized @Nullable LivePattern beginIfThereIsRoom(TopicPattern pattern) {
        LivePattern live = patterns.get(pattern);
        if (live != null || (limit > 0 && patterns.size() >= limit)) {
            return live;
        }
        LivePattern begun = new LivePattern(pattern, groups, (change, left) -> sized(pattern, change, left));
        patterns.put(pattern, begun);
        index.compute(pattern, before -> begun);
        return begun;
    }

    private boolean retireOne() {
        for (TopicPattern pattern : deserted) {
            if (retireDeserted(pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets the patterns without subscribers. May wait. */
    void forgetDeserted() {
        deserted.forEach(this::retireDeserted);
    }

    private boolean retireDeserted(TopicPattern pattern) {
        deserted.remove(pattern); // first: if the last one leaves just now, it is noted again
        LivePattern live = patterns.get(pattern);
        return live != null && retire(live);
    }

    private boolean retire(LivePattern live) {
        try {
            return live.retireIfDeserted(unsubscribe);
        } finally {
            if (live.isRetired()) { // even if the broker could not be told
                forget(live);
            }
        }
    }

    private synchronized void forget(LivePattern live) {
        if (patterns.remove(live.pattern(), live)) {
            index.compute(live.pattern(), gone -> null);
        }
    }

    /** Takes a session out. */
    void remove(TopicPattern pattern, MessageFormat format, Session session) {
        LivePattern live = patterns.get(pattern);
        if (live != null) {
            live.subscriberGroups().remove(format, session);
        }
    }

    private void sized(TopicPattern pattern, int change, int left) {
        size.add(change);
        if (left == 0) {
            deserted.add(pattern);
        }
    }

    private void noteIfDeserted(LivePattern live) {
        if (live.isDeserted()) {
            deserted.add(live.pattern());
        }
    }

    /** The patterns that match. */
    List<LivePattern> matching(TopicName topic) {
        return index.matching(topic);
    }

    /** The same; see {@link PatternIndex#answer}. */
    PatternIndex.Answer<LivePattern> matching(TopicName topic, PatternIndex.@Nullable Answer<LivePattern> known) {
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
