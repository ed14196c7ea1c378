package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The subscribers to patterns with wildcards. Thread-safe; coming and going takes turns, delivering does not wait for it. */
final class Patterns {
    private final SessionGroup.Factory groups;
    private final Map<TopicPattern, Audiences> patterns = new ConcurrentHashMap<>();

    Patterns(SessionGroup.Factory groups) {
        this.groups = groups;
    }

    /**
     * Adds a session.
     *
     * @param first called for the first one of its pattern, before it is added; if that throws, it is not
     */
    synchronized void add(TopicPattern pattern, MessageFormat format, Session session, Consumer<TopicPattern> first) {
        Audiences audiences = patterns.get(pattern);
        if (audiences == null) {
            first.accept(pattern);
            audiences = new Audiences(groups);
            patterns.put(pattern, audiences);
        }
        audiences.add(format, session);
    }

    /** Takes a session out. */
    void remove(TopicPattern pattern, MessageFormat format, Session session) {
        Audiences audiences = patterns.get(pattern);
        if (audiences != null) {
            audiences.remove(format, session);
        }
    }

    /** Forgets the patterns that nobody is subscribed to any more. */
    synchronized void forgetEmpty(Consumer<TopicPattern> forgotten) {
        patterns.forEach((pattern, audiences) -> {
            if (audiences.isEmpty()) {
                patterns.remove(pattern);
                forgotten.accept(pattern);
            }
        });
    }

    /** The subscribers to those patterns that match. */
    List<Audiences> matching(TopicName topic) {
        if (patterns.isEmpty()) {
            return List.of();
        }
        List<Audiences> found = new ArrayList<>();
        patterns.forEach((pattern, audiences) -> {
            if (pattern.matches(topic)) {
                found.add(audiences);
            }
        });
        return found;
    }

    /** How many subscriptions there are. */
    int size() {
        return patterns.values().stream().mapToInt(Audiences::size).sum();
    }
}
