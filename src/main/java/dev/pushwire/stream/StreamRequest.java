package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.push.SubscriptionGate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream carries.
 *
 * @param topics at least one
 */
record StreamRequest(List<TopicPattern> topics, Resumption resumption) {
    /**
     * The most topics of a stream. With epochs of the usual length, so many positions make an id of at most 128 bytes:
     * see {@link EventId}.
     */
    static final int MOST_TOPICS = 4;

    /** Reads a request for {@code /topics/{topic}}. */
    static StreamRequest ofOne(Handshake handshake, SubscriptionGate gate) throws HandshakeRefusedException {
        TopicPattern topic = gate.name(handshake.pathVariables().getOrDefault("topic", ""));
        return new StreamRequest(List.of(topic), resumption(handshake, 1));
    }

    /**
     * Reads a request for {@code /topics}.
     *
     * @param names the values of {@code topic} in the query
     */
    static StreamRequest ofSeveral(List<String> names, Handshake handshake, SubscriptionGate gate)
            throws HandshakeRefusedException {
        if (names.isEmpty() || names.size() > MOST_TOPICS) {
            throw new HandshakeRefusedException(
                    400,
                    "Name 1 to " + MOST_TOPICS
                            + " topics: /topics?topic=news&topic=weather.*. For more there is /push.");
        }
        List<TopicPattern> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(gate.pattern(name));
        }
        if (new LinkedHashSet<>(topics).size() < topics.size()) {
            throw new HandshakeRefusedException(400, "Name each topic once.");
        }
        return new StreamRequest(topics, resumption(handshake, topics.size()));
    }

    /** A browser that connects again sends the header, and the same URL as before. So the header is newer. */
    private static Resumption resumption(Handshake handshake, int topics) throws HandshakeRefusedException {
        String id = handshake.header("Last-Event-ID");
        if (isNothing(id)) {
            id = handshake.queryParameter("lastEventId"); // for clients that cannot set the header
        }
        if (!isNothing(id)) {
            return read(id, topics);
        }
        String since = handshake.queryParameter("since");
        if (since == null) {
            return new Resumption.Fresh();
        }
        if (read(since, topics) instanceof Resumption.From from) {
            return from;
        }
        throw new HandshakeRefusedException(400, EventId.RULE);
    }

    private static boolean isNothing(@Nullable String id) {
        return id == null || id.isBlank();
    }

    private static Resumption read(@Nullable String id, int topics) {
        List<@Nullable Position> positions = id == null ? null : EventId.parse(id.strip(), topics);
        return positions == null ? new Resumption.Unreadable() : new Resumption.From(positions);
    }
}
