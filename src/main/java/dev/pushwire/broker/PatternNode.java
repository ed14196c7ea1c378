package dev.pushwire.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of a tree of patterns. Its label is a run of whole parts. The labels from the root down to a node are a
 * pattern or the common beginning of several. A node without a value has at least two children, so a tree of {@code n}
 * patterns has less than {@code 2n} nodes, however many parts they have.
 *
 * <p>One thread at a time may change a tree. Other threads may search it meanwhile, and find each pattern that is there
 * all the time.
 *
 * @param <V> the value of a pattern
 */
final class PatternNode<V> {
    private final String label;
    private volatile @Nullable V value;
    private volatile Map<String, PatternNode<V>> children; // by the first part of their labels

    private PatternNode(String label, @Nullable V value, Map<String, PatternNode<V>> children) {
        this.label = label;
        this.value = value;
        this.children = children;
    }

    /** An empty tree. */
    static <V> PatternNode<V> root() {
        return new PatternNode<>("", null, Map.of());
    }

    /** The label: parts, joined by dots. */
    String label() {
        return label;
    }

    @Nullable
    V value() {
        return value;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** The child whose label begins with this part. */
    @Nullable
    PatternNode<V> child(String part) {
        return children.get(part);
    }

    /** The value of a pattern below this node, the root; null for none. */
    @Nullable
    V get(String pattern) {
        PatternNode<V> node = this;
        int from = 0;
        while (from <= pattern.length()) {
            node = node.child(firstPart(pattern, from));
            if (node == null || commonLength(node.label, pattern, from) < node.label.length()) {
                return null;
            }
            from += node.label.length() + 1;
        }
        return node.value;
    }

    /** Sets the value of a pattern below this node, the root. */
    void put(String pattern, V newValue) {
        PatternNode<V> parent = this;
        int from = 0;
        while (true) {
            String part = firstPart(pattern, from);
            PatternNode<V> child = parent.child(part);
            if (child == null) {
                parent.attach(part, new PatternNode<>(pattern.substring(from), newValue, Map.of()));
                return;
            }
            int common = commonLength(child.label, pattern, from);
            if (common < child.label.length()) {
                child = child.split(common);
                parent.attach(part, child);
            }
            from += common + 1;
            if (from > pattern.length()) {
                child.value = newValue;
                return;
            }
            parent = child;
        }
    }

    /**
     * Forgets a pattern below this node. The labels down to here are the pattern's first characters. Does nothing if
     * the pattern is not there.
     */
    void remove(String pattern, int from) {
        String part = firstPart(pattern, from);
        PatternNode<V> child = child(part);
        if (child == null || commonLength(child.label, pattern, from) < child.label.length()) {
            return;
        }
        int next = from + child.label.length() + 1;
        if (next > pattern.length()) {
            child.value = null;
        } else {
            child.remove(pattern, next);
        }
        if (child.value == null && child.children.isEmpty()) {
            children.remove(part);
        } else if (child.value == null && child.children.size() == 1) {
            attach(part, child.joined());
        }
    }

    private void attach(String part, PatternNode<V> child) {
        if (children.isEmpty()) {
            Map<String, PatternNode<V>> first = new ConcurrentHashMap<>(1);
            first.put(part, child);
            children = first;
        } else {
            children.put(part, child);
        }
    }

    /** Splits this node into two: the first has so many characters of the label. */
    private PatternNode<V> split(int length) {
        PatternNode<V> upper = new PatternNode<>(label.substring(0, length), null, Map.of());
        String rest = label.substring(length + 1);
        upper.attach(firstPart(rest, 0), new PatternNode<>(rest, value, children));
        return upper;
    }

    /** Joins this node with its only child. */
    private PatternNode<V> joined() {
        PatternNode<V> child = children.values().iterator().next();
        return new PatternNode<>(label + "." + child.label, child.value, child.children);
    }

    private static String firstPart(String parts, int from) {
        return parts.substring(from, TopicPattern.endOfPart(parts, from));
    }

    /** How many characters a label has in common with the rest of a pattern, in whole parts. */
    private static int commonLength(String label, String pattern, int from) {
        int common = 0;
        for (int i = 0; ; i++) {
            boolean labelHasEnded = i == label.length();
            boolean patternHasEnded = from + i == pattern.length();
            boolean endsPart = labelHasEnded || label.charAt(i) == '.';
            if (endsPart != (patternHasEnded || pattern.charAt(from + i) == '.')) {
                return common;
            }
            if (endsPart) {
                common = i;
            } else if (label.charAt(i) != pattern.charAt(from + i)) {
                return common;
            }
            if (labelHasEnded || patternHasEnded) {
                return common;
            }
        }
    }
}
