package dev.pushwire.broker;

import java.util.List;

/**
 * One topic, or all whose names match: {@code *} stands for one part of a name, {@code >} at the end for one or more.
 * {@code news.*} matches {@code news.sports}, {@code news.>} also {@code news.sports.chess}; neither matches {@code news}.
 *
 * @param value the pattern itself
 */
public record TopicPattern(String value) {
    /** What a pattern looks like, in a sentence for whoever gave a wrong one. */
    public static final String RULE = "A topic pattern is a topic name in which a part may be '*', any one part, "
            + "and the last part '>', one or more.";

    private static final String ONE = "*";
    private static final String REST = ">";

    /** Every topic. */
    public static final TopicPattern ALL = new TopicPattern(REST);

    /** @throws IllegalArgumentException with the {@link #RULE}, for anything else than a pattern */
    public TopicPattern {
        if (!isValid(value)) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /** The pattern that matches this topic alone. */
    public static TopicPattern exactly(TopicName topic) {
        return new TopicPattern(topic.value());
    }

    /** Whether this is a pattern; each topic name is one. */
    public static boolean isValid(String text) {
        List<String> parts = parts(text);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean wildcard = part.equals(ONE) || (part.equals(REST) && i == parts.size() - 1);
            name.append(i == 0 ? "" : ".").append(wildcard ? "x" : part);
        }
        return TopicName.isValid(name.toString());
    }

    /** Whether this may match more than one topic. */
    public boolean hasWildcard() {
        return value.endsWith(REST) || value.contains(ONE);
    }

    /** The one topic that a pattern without wildcards matches. */
    public TopicName topic() {
        return new TopicName(value);
    }

    public boolean matches(TopicName topic) {
        return hasWildcard() ? covers(exactly(topic)) : value.equals(topic.value());
    }

    /** Whether this matches every topic that the other one matches. */
    public boolean covers(TopicPattern other) {
        List<String> mine = parts(value);
        List<String> others = parts(other.value);
        for (int i = 0; i < mine.size(); i++) {
            String part = mine.get(i);
            if (i == others.size()) {
                return false;
            }
            if (part.equals(REST)) {
                return true;
            }
            String otherPart = others.get(i);
            if (otherPart.equals(REST) || !(part.equals(ONE) || part.equals(otherPart))) {
                return false;
            }
        }
        return mine.size() == others.size();
    }

    /** Whether there may be a topic that both match. */
    public boolean overlaps(TopicPattern other) {
        List<String> mine = parts(value);
        List<String> others = parts(other.value);
        for (int i = 0; i < mine.size() && i < others.size(); i++) {
            String part = mine.get(i);
            String otherPart = others.get(i);
            if (part.equals(REST) || otherPart.equals(REST)) {
                return true;
            }
            if (!part.equals(ONE) && !otherPart.equals(ONE) && !part.equals(otherPart)) {
                return false;
            }
        }
        return mine.size() == others.size();
    }

    private static List<String> parts(String text) {
        return List.of(text.split("\\.", -1));
    }

    /** The pattern itself. */
    @Override
    public String toString() {
        return value;
    }
}
