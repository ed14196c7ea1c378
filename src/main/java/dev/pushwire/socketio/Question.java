package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A question of one node to another. */
sealed interface Question {
    String namespace();

    /**
     * Asks for the chosen sockets.
     *
     * @param behind the other node first does all that was said up to this position; null if the position is not known
     * @param after the id of the socket after which the answer begins, in the order of ids; empty for the first page
     */
    record Fetch(String namespace, Selection of, @Nullable Position behind, String after) implements Question {}

    /**
     * Asks for the answers of clients.
     *
     * @param id the id of the {@link Directive.Ask}
     * @param from how many answers have come before
     */
    record Answers(String namespace, String id, Duration patience, int from) implements Question {}

    /**
     * Takes the socket whose client has come back to the asking node. The answer is empty for none.
     *
     * @param pid the client's secret
     */
    record Take(String namespace, String pid) implements Question {}

    /** Writes the question for {@link #read} on the other node. */
    default byte[] write() {
        ByteWriter out = new ByteWriter();
        switch (this) {
            case Fetch(String namespace, Selection of, var behind, String after) ->
                out.text("fetch")
                        .text(namespace)
                        .selection(of)
                        .optional(behind == null ? null : behind.toString())
                        .text(after);
            case Answers(String namespace, String id, Duration patience, int from) ->
                out.text("answers")
                        .text(namespace)
                        .text(id)
                        .number(patience.toNanos())
                        .number(from);
            case Take(String namespace, String pid) ->
                out.text("take").text(namespace).text(pid);
        }
        return out.bytes();
    }

    /** @throws RuntimeException if this version does not know the question */
    static Question read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        String kind = in.text();
        String namespace = in.text();
        return switch (kind) {
            case "fetch" -> {
                Selection of = in.selection();
                String behind = in.optional();
                yield new Fetch(namespace, of, behind == null ? null : Position.parse(behind), in.text());
            }
            case "answers" ->
                new Answers(namespace, in.text(), Duration.ofNanos(in.number()), Math.toIntExact(in.number()));
            case "take" -> new Take(namespace, in.text());
            default -> throw new IllegalArgumentException("Another version asks for " + kind);
        };
    }
}
