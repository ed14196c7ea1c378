package dev.pushwire.broker;

/**
 * A topic, or all topics whose names match: {@code *} stands for one part of a name, {@code >} at the end for one or
 * more. {@code news.*} matches {@code news.sports}; {@code news.>} also matches {@code news.sports.chess}; neither
 * matches {@code news}. No wildcard matches {@linkplain TopicName#internal internal} names. Immutable.
 */
public final class TopicPattern {
    /** The rule for a pattern, in a sentence for a caller that broke it. */
    public static final String RULE = "A topic pattern is a topic name in which a part may be '*', any one part, "
            + "and the last part '>', one or more.";

    static final String ONE = "*";
    static final String REST = ">";
    /** See {@link #match}. */
    static final int NO_MATCH = -1;

    /** The pattern of all topics. */
    public static final TopicPattern ALL = new TopicPattern(REST);

    private final String value;

    /** @throws IllegalArgumentException with the {@link #RULE}, if the text is not a pattern */
    public TopicPattern(String value) {
        this(value, isValid(value));
    }

    private TopicPattern(String value, boolean isValid) {
        if (!isValid) {
            throw new IllegalArgumentException(RULE);
        }
        this.value = value;
    }

    /** The pattern that matches only this topic, internal or not. */
    public static TopicPattern exactly(TopicName topic) {
        return new TopicPattern(topic.value(), true);
    }

    /** The pattern itself. */
    public String value() {
        return value;
    }

    /** Whether this text is a pattern. Each topic name is one. */
    public static boolean isValid(String text) {
        if (text.length() > TopicName.MAX_LENGTH) {
            return false;
        }
        for (int from = 0, end; from <= text.length(); from = end + 1) {
            end = endOfPart(text, from);
            if (!isWildcard(text, from, end) && !TopicName.isPart(text, from, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWildcard(String text, int from, int end) {
        boolean isLast = end == text.length();
        return end == from + 1 && (text.startsWith(ONE, from) || (isLast && text.startsWith(REST, from)));
    }

    /** Whether this has a wildcard, so that it may match more than one topic. */
    public boolean hasWildcard() {
        return value.endsWith(REST) || value.contains(ONE);
    }

    /** The topic of a pattern without wildcards. */
    public TopicName topic() {
        return TopicName.of(value);
    }

    public boolean matches(TopicName topic) {
        return match(value, topic.value(), 0) > topic.value().length();
    }

    /** Whether this matches every topic that the other pattern matches. */
    public boolean covers(TopicPattern other) {
        return match(value, other.value, 0) > other.value.length();
    }

    /** Whether both patterns can match the same topic. */
    public boolean overlaps(TopicPattern other) {
        int mine = 0;
        int others = 0;
        while (mine < value.length() && others < other.value.length()) {
            if (value.startsWith(REST, mine) || other.value.startsWith(REST, others)) {
                return true;
            }
            int end = endOfPart(value, mine);
            int othersEnd = endOfPart(other.value, others);
            if (!value.startsWith(ONE, mine)
                    && !other.value.startsWith(ONE, others)
                    && !areEqual(value, mine, end, other.value, others, othersEnd)) {
                return false;
            }
            mine = end + 1;
            others = othersEnd + 1;
        }
        return mine > value.length() && others > other.value.length();
    }

    /**
     * Matches parts of a pattern against as many parts of a topic, or of another pattern that they are to cover.
     *
     * @param from where the first of the topic's parts begins
     * @return where the next part of the topic begins; beyond the topic's length if there is none; {@link #NO_MATCH} if
     *     they do not match
     */
    static int match(String parts, String topic, int from) {
        if (from == 0 && TopicName.isInternal(topic) && (parts.startsWith(ONE) || parts.startsWith(REST))) {
            return NO_MATCH;
        }
        int at = from;
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            if (at == topic.length()) {
                return NO_MATCH;
            }
            if (c == '>') {
                return topic.length() + 1;
            }
            if (c == '*' && topic.charAt(at) != '>') {
                at = endOfPart(topic, at);
            } else if (c == topic.charAt(at)) {
                at++;
            } else {
                return NO_MATCH;
            }
        }
        return at == topic.length() || topic.charAt(at) == '.' ? at + 1 : NO_MATCH;
    }

    private static boolean areEqual(String one, int from, int end, String other, int otherFrom, int otherEnd) {
        return end - from == otherEnd - otherFrom && one.regionMatches(from, other, otherFrom, end - from);
    }

    /** Where the part that begins at {@code from} ends. */
    static int endOfPart(String parts, int from) {
        int dot = parts.indexOf('.', from);
        return dot < 0 ? parts.length() : dot;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPattern pattern && value.equals(pattern.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The pattern itself. */
    @Override
    public String toString() {
        return value;
    }
}
