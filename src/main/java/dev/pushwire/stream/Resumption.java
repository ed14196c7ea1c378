package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import dev.pushwire.push.StartPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client says about where it left off. */
sealed interface Resumption {
    /** The client is new. */
    record Fresh() implements Resumption {}

    /**
     * The client left off at these positions.
     *
     * @param positions in the order of the stream's topics; null for a topic of which the client knows nothing
     */
    record From(List<@Nullable Position> positions) implements Resumption {}

    /** The client sent an id that no stream of these topics has ever had, so it is unknown what it missed. */
    record Unreadable() implements Resumption {}

    /** Where one of the topics begins. */
    default StartPoint start(int topic) {
        return StartPoint.of(of(topic));
    }

    /** Where the client left off in one of the topics; null if it does not say. */
    default @Nullable Position of(int topic) {
        return this instanceof From(var positions) ? positions.get(topic) : null;
    }

    /** The id that the client would come back with if it were sent nothing at all; null for none. */
    default @Nullable String id() {
        return this instanceof From(var positions) ? EventId.of(positions) : null;
    }
}
