package dev.pushwire.pushprotocol;

import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of one connection; used by its callbacks alone, which come one after the other. */
final class Client {
    private static final String ATTRIBUTE = "push";

    private final Map<TopicPattern, Optional<String>> topics = new HashMap<>(4);
    private final Set<TopicPattern> patterns = new HashSet<>(0);
    private int malformed;

    static void create(Session session) {
        session.attributes().put(ATTRIBUTE, new Client());
    }

    static Client of(Session session) {
        if (session.attributes().get(ATTRIBUTE) instanceof Client client) {
            return client;
        }
        throw new IllegalStateException("No client was made of " + session);
    }

    /** The topics that it is subscribed to by name, each with the info that came with it. */
    Map<TopicPattern, Optional<String>> topics() {
        return topics;
    }

    /** The patterns with wildcards that it is subscribed to. */
    Set<TopicPattern> patterns() {
        return patterns;
    }

    boolean isSubscribed(TopicPattern pattern) {
        return topics.containsKey(pattern) || patterns.contains(pattern);
    }

    /** @return how many malformed commands have come in a row */
    int malformed() {
        return ++malformed;
    }

    void wellFormed() {
        malformed = 0;
    }
}
