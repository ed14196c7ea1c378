package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the positions of a stream's topics as the id of an event: {@code <epoch>.<offset>} for each, in the order of
 * the topics in the request, with {@code ~} between them. A pattern has no position: {@code -} stands for it.
 *
 * <p>A browser sends the id back in {@code Last-Event-ID}. From a page of another origin, it first sends a preflight
 * request (CORS) if the header has a byte such as {@code :}, or more than 128 bytes. So positions are written with a
 * dot here.
 */
final class EventId {
    /** The rule for an id, in a sentence for a client that broke it. */
    static final String RULE =
            "A position is '<epoch>.<offset>' or '<epoch>:<offset>', as an event gave it; those of several topics stand in the"
                    + " order of the topics, with '~' between them and '-' for a pattern.";

    private static final String SEPARATOR = "~";
    private static final String NONE = "-";

    private EventId() {}

    static String of(Position position) {
        return position.epoch() + "." + position.offset();
    }

    /** @param positions null for a topic that has none */
    static String of(List<@Nullable Position> positions) {
        return positions.stream()
                .map(position -> position == null ? NONE : of(position))
                .collect(Collectors.joining(SEPARATOR));
    }

    /**
     * Reads an id.
     *
     * @param count how many topics the stream has
     * @return null if the text is not the id of a stream with this number of topics
     */
    static @Nullable List<@Nullable Position> parse(String text, int count) {
        String[] parts = text.split(SEPARATOR, count + 1);
        if (parts.length != count) {
            return null;
        }
        List<@Nullable Position> positions = new ArrayList<>(count);
        for (String part : parts) {
            String position = part.replace('.', ':');
            if (Position.isValid(position)) {
                positions.add(Position.parse(position));
            } else if (part.equals(NONE)) {
                positions.add(null);
            } else {
                return null;
            }
        }
        return positions;
    }
}
