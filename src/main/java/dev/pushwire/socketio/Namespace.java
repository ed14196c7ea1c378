package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.ArrayDeque;
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

/**
 * The sockets of one namespace on this node, and their rooms. Thread-safe. Nothing waits here, so the broker may call
 * it under its lock.
 */
final class Namespace {
    /** How many directives may come while one returning client joins the others. */
    private static final int MOST_RECENT = 64;

    private final String name;
    private final NamespaceHandler handler;
    private final SessionGroup.Factory groups;
    private final AckCollections collections;
    private final Room all;
    private final Map<String, ServerSocket> sockets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>(4);
    private final AtomicLong ackIds = new AtomicLong();
    private final ArrayDeque<Said> recent = new ArrayDeque<>(0); // guarded by this; for returning clients
    private volatile @Nullable Position position; // written under the lock of this

    /** A directive that all nodes got. */
    record Said(Position at, Directive directive) {}

    Namespace(String name, NamespaceHandler handler, SessionGroup.Factory groups, AckCollections collections) {
        this.name = name;
        this.handler = handler;
        this.groups = groups;
        this.collections = collections;
        this.all = new Room(groups);
    }

    String name() {
        return name;
    }

    NamespaceHandler handler() {
        return handler;
    }

    /** The id of the next awaited answer. A broadcast uses the same id for all sockets. */
    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    void add(ServerSocket socket) {
        sockets.put(socket.id(), socket);
        all.add(socket);
    }

    void remove(ServerSocket socket) {
        all.remove(socket);
        sockets.remove(socket.id(), socket);
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

    /** The position of the namespace's topic that the sockets have seen; null before this node takes part. */
    @Nullable
    Position position() {
        return position;
    }

    /** Sets the position from which this node takes part, unless something has come already. */
    synchronized void begin(Position from) {
        if (position == null) {
            position = from;
        }
    }

    /** The topic continues at this position, after an interruption. */
    synchronized void resume(Position from) {
        recent.clear();
        position = from;
        notifyAll();
    }

    /** Carries out the next directive. */
    synchronized void apply(Directive directive, Position at) {
        switch (directive) {
            case Directive.Emit emit -> emit(emit, at);
            case Directive.Join(Selection to, Set<String> names) ->
                select(to).forEach(socket -> socket.joinIfAllowed(names));
            case Directive.Leave(Selection to, Set<String> names) ->
                select(to).forEach(socket -> socket.leave(names.toArray(String[]::new)));
            case Directive.Disconnect(Selection to, boolean close) -> disconnect(select(to), close);
            case Directive.Unknown _ -> {}
        }
        position = at;
        notifyAll();
        if (handler.recovers()) {
            recent.add(new Said(at, directive));
            if (recent.size() > MOST_RECENT) {
                recent.remove();
            }
        }
    }

    /**
     * Ends the rest of a connection without this lock, because the connection has sockets of other namespaces with locks of their own.
     */
    private static void disconnect(Collection<ServerSocket> chosen, boolean close) {
        chosen.forEach(socket -> socket.disconnect(false));
        if (close) {
            Thread.startVirtualThread(() -> chosen.forEach(socket -> socket.disconnect(true)));
        }
    }

    /** The directives after a position; null if they are too many, or no longer known. The caller holds this lock. */
    @Nullable
    List<Said> saidSince(Position since) {
        if (since.equals(position)) {
            return List.of();
        }
        List<Said> behind = recent.stream()
                .dropWhile(said -> said.at().offset() != since.offset() + 1
                        || !said.at().epoch().equals(since.epoch()))
                .toList();
        return behind.isEmpty() ? null : behind;
    }

    /** The position of the namespace, for a socket that is in it. */
    Position now() {
        return Objects.requireNonNull(position, "known since this node takes part");
    }

    private void emit(Directive.Emit emit, Position at) {
        Directive.Ask ask = emit.ask();
        if (ask != null) {
            collections.ask(this, emit, ask);
            return;
        }
        Arguments event =
                handler.recovers() ? new ReplayOffset(at, ReplayOffset.SHARED).appendedTo(emit.event()) : emit.event();
        broadcast(emit.to(), Outgoing.event(name, Packet.NO_ACK, event, emit.isVolatile()));
    }

    /** Waits until everything up to a position has been done, but not for ever, since another node may be far ahead. */
    synchronized void await(Position wanted, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (left > 0 && isBehind(wanted)) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private boolean isBehind(Position wanted) {
        Position now = position;
        return now == null || (now.epoch().equals(wanted.epoch()) && now.offset() < wanted.offset());
    }

    /** Sends to each chosen socket once. */
    private void broadcast(Selection to, Outgoing packet) {
        Set<ServerSocket> excepted = new HashSet<>();
        to.except().forEach(room -> excepted.addAll(in(room)));
        if (to.rooms().isEmpty()) {
            send(List.of(all), excepted, packet);
            return;
        }
        List<Room> chosen =
                to.rooms().stream().map(rooms::get).filter(Objects::nonNull).toList();
        for (String room : to.rooms()) {
            ServerSocket alone = sockets.get(room); // the room is the socket's id
            if (alone != null
                    && !excepted.contains(alone)
                    && chosen.stream().noneMatch(other -> other.members().contains(alone))) {
                alone.sendUnpaced(packet);
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

    /** The chosen sockets; a copy. */
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
