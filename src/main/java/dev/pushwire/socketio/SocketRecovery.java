package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a socket recoverable: everything that it is sent, and its end, have a place between the directives for many in
 * the namespace. Thread-safe.
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
     * Connects the client.
     *
     * @param entered the namespace that was opened for this socket; the socket leaves it once it was connected
     * @param replay the replay of a returning client; null for a new client
     * @return false if the client has gone meanwhile
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
                if (replay == null) { // else its snapshot is kept before it counts as left
                    recovery.sessions().left(log.pid(), socket);
                }
                return false;
            }
            String answer = "{\"sid\":\"" + socket.id() + "\",\"pid\":\"" + log.pid() + "\"}";
            socket.sendUnpaced(Outgoing.of(PacketWriter.connect(socket.namespace(), answer)));
            return true;
        }
    }

    /** Sends an event. Nothing comes between the record and the sending, so the position before the event is known. */
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

    /** The client leaves, see {@link ServerSocket#leave}. */
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
