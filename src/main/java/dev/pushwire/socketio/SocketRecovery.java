package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose client can come back: everything that it is sent, and its end, have a place between what is said to many in the
 * namespace. Thread-safe.
 */
final class SocketRecovery {
    private final ServerSocket socket;
    private final OpenNamespace open;
    private final Namespace namespace;
    private final SessionLog log; // guarded by the namespace
    private final Namespaces namespaces;
    private final KeptSessions sessions;

    private SocketRecovery(
            ServerSocket socket, OpenNamespace open, SessionLog log, Namespaces namespaces, KeptSessions sessions) {
        this.socket = socket;
        this.open = open;
        this.namespace = open.namespace();
        this.log = log;
        this.namespaces = namespaces;
        this.sessions = sessions;
    }

    /**
     * The client is let in.
     *
     * @param entered for this socket, which leaves it once it was connected
     * @param replay what it was sent, as one that has come back; null for another
     * @return false when it has gone meanwhile
     */
    static boolean connect(ServerSocket socket, OpenNamespace entered, SocketIoServer server, @Nullable Replay replay) {
        Namespace namespace = entered.namespace();
        Recovery recovery = server.recovery();
        synchronized (namespace) {
            if (replay != null) {
                socket.follow(replay);
            }
            SessionLog log = replay == null
                    ? new SessionLog(recovery.newPid(), namespace.now(), recovery.memory())
                    : SessionLog.after(replay.snapshot(), replay.since(), recovery.memory());
            socket.recoverBy(new SocketRecovery(socket, entered, log, server.namespaces(), recovery.sessions()));
            recovery.sessions().connected(log.pid(), socket);
            if (!socket.enter(entered)) {
                log.free();
                recovery.sessions().left(log.pid(), socket);
                return false;
            }
            String answer = "{\"sid\":\"" + socket.id() + "\",\"pid\":\"" + log.pid() + "\"}";
            socket.sendUnpaced(Outgoing.of(PacketWriter.connect(socket.namespace(), answer)));
            return true;
        }
    }

    /** Nothing comes between what is taken down and what is sent, so that it is known behind what an event stands. */
    void send(Emission emission) {
        Arguments event = emission.whole();
        synchronized (namespace) {
            if (!socket.isConnected()) {
                return;
            }
            Position at = namespace.now();
            ReplayOffset offset = emission.isVolatile() ? log.now(at) : log.sendsAlone(event, at);
            socket.sendUnpaced(
                    Outgoing.event(socket.namespace(), Packet.NO_ACK, offset.appendedTo(event), emission.isVolatile()));
        }
    }

    void ponged() {
        synchronized (namespace) {
            if (socket.isConnected()) {
                log.ponged(namespace.now());
            }
        }
    }

    /** As {@link ServerSocket#leave}. */
    boolean leave(boolean mayComeBack) {
        Snapshot snapshot;
        synchronized (namespace) {
            Map<String, Position> rooms = socket.joinedRooms();
            if (socket.exit() == null) {
                return false;
            }
            snapshot = log.end(socket, rooms, namespace.now());
        }
        if (mayComeBack) {
            sessions.keep(snapshot, open);
        } else {
            namespaces.leave(open);
        }
        sessions.left(log.pid(), socket);
        return true;
    }
}
