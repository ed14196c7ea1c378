package dev.pushwire.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds values by topic: each value belongs to a pattern, and a search finds the patterns that match a topic. Patterns
 * that do not match cost next to nothing, whatever their number: a search follows the parts of the topic down a tree,
 * and visits each node at most once. Answers are remembered until a pattern comes or goes that may match the topic, as
 * far as the first part tells.
 *
 * <p>Thread-safe. Changes take turns, and take the same short time whatever the number of remembered answers. A search
 * never waits.
 *
 * @param <V> the value of a pattern; immutable, or thread-safe
 */
public final class PatternIndex<V> {
    /** How many answers are remembered: half a megabyte with the largest ones. */
    private static final int ANSWERS = 1024;
    /**
     * The most values of an answer that is remembered. An answer with more values costs more to deliver than to find.
     */
    private static final int MOST_KEPT = 64;
    /** How many groups of first parts are told apart. */
    private static final int FIRST_PARTS = 256;

    private final PatternNode<V> root = PatternNode.root();
    private final AtomicReferenceArray<@Nullable Answer<V>> answers = new AtomicReferenceArray<>(ANSWERS);
    private final AtomicIntegerArray changes = new AtomicIntegerArray(FIRST_PARTS); // by the first part
    private final AtomicInteger changesToAll = new AtomicInteger(); // to patterns whose first part is a wildcard
    private volatile int size; // written under the lock of this

    /**
     * The values of the patterns that matched a topic when the answer was made. Immutable, and equal to no other
     * answer.
     */
    public static final class Answer<V> {
        private final TopicName topic;
        private final int state;
        private final List<V> values;

        private Answer(TopicName topic, int state, List<V> values) {
            this.topic = topic;
            this.state = state;
            this.values = values;
        }

        /** The values, in no certain order; immutable. */
        public List<V> values() {
            return values;
        }

        /** Whether the answer is small enough to keep one for each topic. */
        public boolean isWorthKeeping() {
            return values.size() <= MOST_KEPT;
        }
    }

    /**
     * Changes the value of a pattern. The change holds for all searches that begin after the method has returned.
     *
     * @param change makes the new value of the old one; null stands for no value. Called once, under a lock
     */
    public synchronized void compute(TopicPattern pattern, UnaryOperator<@Nullable V> change) {
        String parts = pattern.value();
        V before = root.get(parts);
        V after = change.apply(before);
        if (after == before) {
            return;
        }
        if (after == null) {
            root.remove(parts, 0);
            size--;
        } else {
            root.put(parts, after);
            size += before == null ? 1 : 0;
        }
        if (parts.startsWith(TopicPattern.ONE) || parts.startsWith(TopicPattern.REST)) {
            changesToAll.incrementAndGet();
        } else {
            changes.incrementAndGet(firstPart(parts));
        }
    }

    /** The values of the patterns that match, in no certain order; immutable. */
    public List<V> matching(TopicName topic) {
        if (size == 0) {
            return List.of();
        }
        int slot = topic.hashCode() & (ANSWERS - 1);
        Answer<V> known = answers.get(slot);
        Answer<V> now = answer(topic, known != null && known.topic.equals(topic) ? known : null);
        if (now != known && now.isWorthKeeping()) {
            answers.set(slot, now);
        }
        return now.values;
    }

    /**
     * The answer for a topic, for callers that keep answers themselves.
     *
     * @param known an earlier answer for this topic; null for none
     * @return {@code known} while it is up to date, else a new answer
     */
    public Answer<V> answer(TopicName topic, @Nullable Answer<V> known) {
        int state = state(topic); // before the search: what changes meanwhile makes the answer out of date
        if (known != null && known.state == state) {
            return known;
        }
        Search search = new Search(topic.value());
        search.below(root, 0);
        return new Answer<>(topic, state, List.copyOf(search.found));
    }

    /** A number that differs after each change that may matter to a topic: the sum of two numbers that only grow. */
    private int state(TopicName topic) {
        return changesToAll.get() + changes.get(firstPart(topic.value()));
    }

    private static int firstPart(String parts) {
        int hash = 0;
        int end = TopicPattern.endOfPart(parts, 0);
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + parts.charAt(i);
        }
        return hash & (FIRST_PARTS - 1);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** How many patterns there are. */
    public int size() {
        return size;
    }

    /** One search for a topic. */
    private final class Search {
        private final String topic;
        private final @Nullable String[] parts; // by where they begin
        private final List<V> found = new ArrayList<>(0);

        Search(String topic) {
            this.topic = topic;
            this.parts = new String[topic.length()];
        }

        /**
         * Finds the patterns below a node that match the rest of the topic. The recursion is as deep as a topic has
         * parts.
         */
        void below(PatternNode<V> node, int from) {
            if (!node.isLeaf()) {
                at(node.child(part(from)), from);
                at(node.child(TopicPattern.ONE), from);
                at(node.child(TopicPattern.REST), from);
            }
        }

        private void at(@Nullable PatternNode<V> node, int from) {
            if (node == null) {
                return;
            }
            int next = TopicPattern.match(node.label(), topic, from);
            if (next > topic.length()) {
                V value = node.value();
                if (value != null) {
                    found.add(value);
                }
            } else if (next != TopicPattern.NO_MATCH) {
                below(node, next);
            }
        }

        private String part(int from) {
            String part = parts[from];
            if (part == null) {
                part = topic.substring(from, TopicPattern.endOfPart(topic, from));
                parts[from] = part;
            }
            return part;
        }
    }
}
