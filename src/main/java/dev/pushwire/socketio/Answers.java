package dev.pushwire.socketio;

import java.util.List;
import java.util.Set;

/**
 * The answers of the clients that an event was sent to.
 *
 * @param answers the answers that came, in no particular order
 * @param missing the sockets that did not answer in time, or have gone
 * @param complete whether every node was reached; if not, there may be more sockets than these
 */
public record Answers(List<Answer> answers, Set<String> missing, boolean complete) {
    public Answers {
        answers = List.copyOf(answers);
        missing = Set.copyOf(missing);
    }
}
