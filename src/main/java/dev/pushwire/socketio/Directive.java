package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every node is to do with those of its sockets in a namespace that are chosen: the content of a publication. */
sealed interface Directive {
    /**
     * Send them an event.
     *
     * @param event an array that begins with the event's name
     * @param isVolatile whether a client may miss it when its connection is full
     * @param ask what is to be done about the clients' answers; null where none are wanted
     */
    record Emit(
            Selection to,
            Arguments event,
            boolean isVolatile,
            @Nullable Ask ask) implements Directive {}

    /**
     * @param id under which the answers are collected
     * @param patience how long to wait for them
     */
    record Ask(String id, Duration patience) {}

    /** Have them join rooms. */
    record Join(Selection to, Set<String> rooms) implements Directive {}

    /** Have them leave rooms. */
    record Leave(Selection to, Set<String> rooms) implements Directive {}

    /** @param close whether their connections end as well */
    record Disconnect(Selection to, boolean close) implements Directive {}

    /** Something that only a later version knows: nothing is to be done. */
    record Unknown() implements Directive {}

    /** For {@link #read} on another node. */
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
     * @param bytes what is read refers to them
     * @throws RuntimeException for what no node wrote
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
