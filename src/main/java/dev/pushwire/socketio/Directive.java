package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An action on the chosen sockets of a namespace, which every node carries out on its own sockets. It is the content of
 * a publication.
 */
sealed interface Directive {
    /**
     * Sends the sockets an event.
     *
     * @param event an array that begins with the event's name
     * @param isVolatile whether a client may miss it when its connection is full
     * @param ask how to collect the clients' answers; null if none are wanted
     */
    record Emit(
            Selection to,
            Arguments event,
            boolean isVolatile,
            @Nullable Ask ask) implements Directive {}

    /**
     * @param id the id under which the answers are collected
     * @param patience how long to wait for them
     */
    record Ask(String id, Duration patience) {}

    /** Joins the sockets to rooms. */
    record Join(Selection to, Set<String> rooms) implements Directive {}

    /** Removes the sockets from rooms. */
    record Leave(Selection to, Set<String> rooms) implements Directive {}

    /**
     * Disconnects the sockets.
     *
     * @param close whether their connections end as well
     */
    record Disconnect(Selection to, boolean close) implements Directive {}

    /** An action that only a later version knows. This node does nothing. */
    record Unknown() implements Directive {}

    /** Writes the action for {@link #read} on another node. */
    default byte[] write() {
        ByteWriter out = new ByteWriter();
        switch (this) {
            case Emit(Selection to, Arguments event, boolean isVolatile, Ask ask) -> {
                out.text("emit").selection(to).arguments(event).flag(isVolatile).flag(ask != null);
                if (ask != null) {
                    out.text(ask.id).number(ask.patience.toNanos());
                }
            }
            case Join(Selection to, Set<String> rooms) ->
                out.text("join").selection(to).texts(rooms);
            case Leave(Selection to, Set<String> rooms) ->
                out.text("leave").selection(to).texts(rooms);
            case Disconnect(Selection to, boolean close) ->
                out.text("disconnect").selection(to).flag(close);
            case Unknown _ -> throw new IllegalStateException("Nobody says what is not known");
        }
        return out.bytes();
    }

    /**
     * @param bytes the result refers to them
     * @throws RuntimeException if no node wrote the bytes
     */
    static Directive read(ByteBuffer bytes) {
        ByteReader in = new ByteReader(bytes);
        return switch (in.text()) {
            case "emit" ->
                new Emit(
                        in.selection(),
                        in.arguments(),
                        in.flag(),
                        in.flag() ? new Ask(in.text(), Duration.ofNanos(in.number())) : null);
            case "join" -> new Join(in.selection(), in.texts());
            case "leave" -> new Leave(in.selection(), in.texts());
            case "disconnect" -> new Disconnect(in.selection(), in.flag());
            default -> new Unknown();
        };
    }
}
