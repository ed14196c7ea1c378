package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import dev.pushwire.push.StartPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client says of where it left off. */
sealed interface Resumption {
    /** Nothing: it is new. */
    record Fresh() implements Resumption {}

    /** @param positions in the order of the stream's topics; null for a topic of which the client knows nothing */
    record From(List<@Nullable Position> positions) implements Resumption {}

    /** Something that no stream of these topics has ever said, so nobody knows what it missed. */
    record Unreadable() implements Resumption {}

    /** Where one of the topics begins. */
    default StartPoint start(int topic) {
        return StartPoint.of(of(topic));
    }

    /** Where the client left off in one of the topics; null where it does not say. */
    default @Nullable Position of(int topic) {
        return this instanceof From(var positions) ? positions.get(topic) : null;
    }

    /** What the client would come back with once more, if it were sent nothing at all; null for nothing. */
    default @Nullable String id() {
        return this instanceof From(var positions) ? EventId.of(positions) : null;
    }
}
