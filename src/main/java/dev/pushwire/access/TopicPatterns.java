package dev.pushwire.access;

import dev.pushwire.broker.TopicPattern;
import java.util.List;
import java.util.stream.Stream;

/** The topics that a token lists. Immutable. */
public record TopicPatterns(List<TopicPattern> patterns) {
    static final TopicPatterns NONE = new TopicPatterns(List.of());

    public TopicPatterns {
        patterns = List.copyOf(patterns);
    }

    /** @throws IllegalArgumentException if one of the texts is not a topic pattern */
    static TopicPatterns of(List<String> texts) {
        return new TopicPatterns(texts.stream().map(TopicPattern::new).toList());
    }

    TopicPatterns and(TopicPatterns others) {
        return new TopicPatterns(
                Stream.concat(patterns.stream(), others.patterns.stream()).toList());
    }

    /** Whether one of these patterns matches every topic that the other pattern matches. */
    boolean cover(TopicPattern other) {
        return patterns.stream().anyMatch(pattern -> pattern.covers(other));
    }
}
