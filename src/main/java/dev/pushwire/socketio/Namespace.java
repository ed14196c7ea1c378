package dev.pushwire.socketio;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sockets of one namespace on this node, and their rooms. Thread-safe. */
final class Namespace {
    private final String label;
    private final SessionGroup.Factory groups;
    private final Room all;
    private final Map<String, ServerSocket> sockets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>(4);
    private final AtomicLong ackIds = new AtomicLong();

    /** @param label the name, or the pattern that it matches */
    Namespace(String label, SessionGroup.Factory groups) {
        this.label = label;
        this.groups = groups;
        this.all = new Room(groups);
    }

    String label() {
        return label;
    }

    /** Of an answer that is waited for; the same for all sockets that a broadcast goes to. */
    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    void add(ServerSocket socket) {
        sockets.put(socket.id(), socket);
        all.add(socket);
    }

    void remove(ServerSocket socket) {
        all.remove(socket);
        sockets.remove(socket.id());
    }

    boolean isEmpty() {
        return sockets.isEmpty();
    }

    void join(String room, ServerSocket socket) {
        rooms.compute(room, (_, present) -> {
            Room joined = present == null ? new Room(groups) : present;
            joined.add(socket);
            return joined;
        });
    }

    void leave(String room, ServerSocket socket) {
        rooms.computeIfPresent(room, (_, present) -> {
            present.remove(socket);
            return present.members().isEmpty() ? null : present;
        });
    }

    int roomCount() {
        return rooms.size();
    }

    /** Sends to each socket once. */
    void broadcast(Selection to, Outgoing packet) {
        Set<ServerSocket> excepted = new HashSet<>();
        to.except().forEach(room -> excepted.addAll(in(room)));
        if (to.rooms().isEmpty()) {
            send(List.of(all), excepted, packet);
            return;
        }
        List<Room> chosen =
                to.rooms().stream().map(rooms::get).filter(Objects::nonNull).toList();
        for (String room : to.rooms()) {
            ServerSocket alone = sockets.get(room); // the room is its id
            if (alone != null
                    && !excepted.contains(alone)
                    && chosen.stream().noneMatch(other -> other.members().contains(alone))) {
                alone.send(packet);
            }
        }
        if (!chosen.isEmpty()) {
            send(chosen, excepted, packet);
        }
    }

    private static void send(List<Room> to, Set<ServerSocket> except, Outgoing packet) {
        SessionGroup first = to.getFirst().group();
        if (to.size() == 1 && except.isEmpty()) {
            first.send(packet.message());
            return;
        }
        List<SessionGroup> others = to.stream().skip(1).map(Room::group).toList();
        Set<Session> sessions = except.stream().map(ServerSocket::connection).collect(Collectors.toUnmodifiableSet());
        first.send(packet.message(), others, sessions);
    }

    /** The sockets; a copy. */
    Collection<ServerSocket> select(Selection selection) {
        Set<ServerSocket> chosen = new LinkedHashSet<>();
        if (selection.rooms().isEmpty()) {
            chosen.addAll(sockets.values());
        } else {
            selection.rooms().forEach(room -> chosen.addAll(in(room)));
        }
        selection.except().forEach(room -> in(room).forEach(chosen::remove));
        return chosen;
    }

    private Collection<ServerSocket> in(String room) {
        Room found = rooms.get(room);
        @Nullable ServerSocket alone = sockets.get(room);
        if (alone == null) {
            return found == null ? List.of() : found.members();
        }
        List<ServerSocket> both = new ArrayList<>(List.of(alone));
        if (found != null) {
            both.addAll(found.members());
        }
        return both;
    }
}
