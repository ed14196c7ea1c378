package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.CatchUpThrottle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends a returning client what it missed. After that, the client gets everything at the same time as all others. */
final class Replay {
    /** How many publications are read at once. */
    private static final int STEP = 256;

    /** How long to wait if this node is behind the node that the client comes from. */
    private static final long CATCH_UP_MILLIS = 10_000;

    private final Snapshot snapshot;
    private final Broker broker;
    private final TopicName topic;
    private final Deque<SessionLog.SentAlone> alone;
    private final Map<String, Position> rooms;
    private final Position since;
    private Position at;
    private Directive.@Nullable Disconnect disconnected;

    private Replay(Snapshot snapshot, Broker broker, Position since, List<SessionLog.SentAlone> alone) {
        this.snapshot = snapshot;
        this.broker = broker;
        this.topic = NamespaceTopics.of(snapshot.namespace(), true);
        this.since = since;
        this.alone = new ArrayDeque<>(alone);
        this.rooms = new HashMap<>(snapshot.rooms());
        this.at = since;
    }

    /**
     * Begins a replay.
     *
     * @param offset what the client says that it has received; null if that makes no sense
     * @return null if it is no longer known what the client missed
     */
    static @Nullable Replay of(Snapshot snapshot, @Nullable ReplayOffset offset, Broker broker) {
        List<SessionLog.SentAlone> alone = snapshot.missedAlone(offset);
        if (alone == null) {
            return null;
        }
        Replay replay = new Replay(snapshot, broker, snapshot.since(offset), alone);
        return broker.history(replay.topic, replay.at, 1).recovered() ? replay : null;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** The position up to which the client has everything. */
    Position since() {
        return since;
    }

    /** The rooms that the socket is in by now, without its id. */
    Map<String, Position> rooms() {
        return rooms;
    }

    /** The directive that disconnects the socket, if one came while its client was away; null for none. */
    Directive.@Nullable Disconnect disconnected() {
        return disconnected;
    }

    /**
     * Sends everything that the client missed. May wait for the broker and the client.
     *
     * @param join runs when nothing is left to send, and no directive can come in between
     * @return whether the client got so far; if not, it has gone, or something is missing after all
     */
    boolean run(ServerSocket socket, Namespace namespace, Runnable join) {
        while (true) {
            History history = broker.history(topic, at, STEP);
            if (!history.recovered()) {
                return false;
            }
            for (Publication publication : history.publications()) {
                replay(Directive.read(publication.payload().bytes()), publication.position(), socket);
                if (!CatchUpThrottle.await(socket.connection())) {
                    return false;
                }
            }
            at = history.publications().isEmpty()
                    ? history.latest()
                    : history.publications().getLast().position();
            if (at.equals(history.latest()) && join(socket, namespace, join)) {
                return true;
            }
        }
    }

    private boolean join(ServerSocket socket, Namespace namespace, Runnable join) {
        try {
            namespace.await(at, CATCH_UP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (namespace) {
            List<Namespace.Said> rest = namespace.saidSince(at);
            if (rest == null) {
                return false; // too much has come meanwhile
            }
            rest.forEach(said -> replay(said.directive(), said.at(), socket));
            sendAloneBefore(null, socket);
            join.run();
            return true;
        }
    }

    private void replay(Directive directive, Position position, ServerSocket socket) {
        sendAloneBefore(position, socket);
        boolean isNew = !position.epoch().equals(snapshot.end().epoch())
                || position.offset() > snapshot.end().offset();
        switch (directive) {
            case Directive.Emit emit -> {
                if (emit.ask() == null && !emit.isVolatile() && isFor(emit.to(), position)) {
                    Arguments event = new ReplayOffset(position, ReplayOffset.SHARED).appendedTo(emit.event());
                    send(event, socket);
                }
            }
            case Directive.Join(Selection to, Set<String> names) -> {
                if (isNew && isFor(to, position)) {
                    names.forEach(room -> rooms.putIfAbsent(room, position));
                }
            }
            case Directive.Leave(Selection to, Set<String> names) -> {
                if (isNew && isFor(to, position)) {
                    rooms.keySet().removeAll(names);
                }
            }
            case Directive.Disconnect disconnect -> {
                if (isNew && isFor(disconnect.to(), position)) {
                    disconnected = disconnect;
                }
            }
            case Directive.Unknown _ -> {}
        }
        at = position;
    }

    /** Puts what was sent to the socket alone in its place between what was sent to many. */
    private void sendAloneBefore(@Nullable Position position, ServerSocket socket) {
        while (!alone.isEmpty() && (position == null || isBefore(alone.element().at(), position))) {
            SessionLog.SentAlone sent = alone.remove();
            send(new ReplayOffset(sent.at(), sent.number()).appendedTo(sent.event()), socket);
        }
    }

    private static boolean isBefore(Position sent, Position position) {
        return !sent.epoch().equals(position.epoch()) || sent.offset() < position.offset();
    }

    private void send(Arguments event, ServerSocket socket) {
        socket.sendUnpaced(Outgoing.event(snapshot.namespace(), Packet.NO_ACK, event, false));
    }

    private boolean isFor(Selection to, Position position) {
        Set<String> in = new HashSet<>(Set.of(snapshot.id()));
        rooms.forEach((room, joined) -> {
            if (isBefore(joined, position)) {
                in.add(room);
            }
        });
        boolean chosen = to.rooms().isEmpty() || to.rooms().stream().anyMatch(in::contains);
        return chosen && to.except().stream().noneMatch(in::contains);
    }
}
