package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose client is away.
 *
 * @param pid the secret by which its client takes it back
 * @param rooms each with the position of the namespace when the socket joined it; without the socket's id
 * @param data the application's data; on another node in the types of JSON
 * @param confirmed the client has everything up to this position, or is not meant to get it
 * @param confirmedNumber the client has everything that was sent to it alone up to this number
 * @param end the namespace's position when the client was lost
 * @param number the number of the last event that was sent to it alone
 * @param forgotten the number of the last event that the client may not have and that is not in {@code alone}; 0 for
 *     none
 * @param forgottenAt the position of that event
 */
record Snapshot(
        String pid,
        String namespace,
        String id,
        @Nullable String principal,
        Map<String, Position> rooms,
        Map<String, Object> data,
        Position confirmed,
        long confirmedNumber,
        Position end,
        long number,
        long forgotten,
        Position forgottenAt,
        List<SessionLog.SentAlone> alone) {
    private static final int OVERHEAD = 500;

    /** The approximate memory, without the data. */
    int size() {
        int size = OVERHEAD;
        for (String room : rooms.keySet()) {
            size += room.length() + OVERHEAD / 5;
        }
        for (SessionLog.SentAlone sent : alone) {
            size += sent.size();
        }
        return size;
    }

    byte[] write(ArgumentCodec codec) {
        ByteWriter out = new ByteWriter()
                .text(pid)
                .text(namespace)
                .text(id)
                .optional(principal)
                .text(codec.writeData(data));
        List.of(confirmed, end, forgottenAt).forEach(position -> out.text(position.toString()));
        out.number(confirmedNumber).number(number).number(forgotten).number(rooms.size());
        rooms.forEach((room, at) -> out.text(room).text(at.toString()));
        alone.forEach(
                sent -> out.number(sent.number()).text(sent.at().toString()).arguments(sent.event()));
        return out.bytes();
    }

    /** @throws RuntimeException if this version does not know the format */
    static Snapshot read(byte[] bytes, ArgumentCodec codec) {
        ByteReader in = new ByteReader(bytes);
        String pid = in.text();
        String namespace = in.text();
        String id = in.text();
        String principal = in.optional();
        Map<String, Object> data = codec.readData(in.text());
        Position confirmed = position(in);
        Position end = position(in);
        Position forgottenAt = position(in);
        long confirmedNumber = in.number();
        long number = in.number();
        long forgotten = in.number();
        Map<String, Position> rooms = new HashMap<>();
        for (long left = in.number(); left > 0; left--) {
            rooms.put(in.text(), position(in));
        }
        List<SessionLog.SentAlone> alone = new ArrayList<>();
        while (in.hasMore()) {
            alone.add(new SessionLog.SentAlone(in.number(), position(in), in.arguments()));
        }
        return new Snapshot(
                pid,
                namespace,
                id,
                principal,
                rooms,
                data,
                confirmed,
                confirmedNumber,
                end,
                number,
                forgotten,
                forgottenAt,
                alone);
    }

    private static Position position(ByteReader in) {
        return Position.parse(in.text());
    }

    /** Whether the snapshot belongs to this client. */
    boolean isOf(String name, @Nullable String who) {
        return namespace.equals(name) && Objects.equals(principal, who);
    }

    /**
     * The position after which the client missed everything.
     *
     * @param offset what the client says that it has received; null if that makes no sense
     */
    Position since(@Nullable ReplayOffset offset) {
        if (offset == null) {
            return confirmed;
        }
        Position said = offset.position();
        if (said.epoch().equals(confirmed.epoch())) {
            return said.offset() > confirmed.offset() ? said : confirmed;
        }
        return said.epoch().equals(end.epoch()) ? said : confirmed;
    }

    /** The events to the socket alone that the client missed; null if some of them are no longer known. */
    @Nullable
    List<SessionLog.SentAlone> missedAlone(@Nullable ReplayOffset offset) {
        if (isMissed(offset, forgotten, forgottenAt)) {
            return null;
        }
        return alone.stream()
                .filter(sent -> isMissed(offset, sent.number(), sent.at()))
                .toList();
    }

    private boolean isMissed(@Nullable ReplayOffset offset, long sent, Position at) {
        if (sent <= confirmedNumber || offset == null) {
            return sent > confirmedNumber;
        }
        if (offset.number() != ReplayOffset.SHARED) {
            return sent > offset.number();
        }
        // The client's last event went to many, so it has what was sent to it alone before that.
        Position said = offset.position();
        return !at.epoch().equals(said.epoch()) ? at.epoch().equals(end.epoch()) : at.offset() >= said.offset();
    }
}
