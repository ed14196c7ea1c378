package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import dev.pushwire.endpoint.Session;
import dev.pushwire.engineio.CloseReason;
import dev.pushwire.socketio.SocketIoListener.AckResult;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client in one namespace: its rooms, its awaited answers, and its tasks. */
final class ServerSocket implements Socket {
    private static final Logger log = LoggerFactory.getLogger(ServerSocket.class);

    /** The position of rooms that a handler chose before the socket was connected. */
    private static final Position NOWHERE = new Position("0", 0);

    private volatile String id;
    private final String namespaceName;
    private final NamespaceHandler handler;
    private final Client client;
    private final SocketIoServer server;
    private final Mailbox mailbox;
    private final AwaitedAcks acks = new AwaitedAcks();

    private State state = State.CONNECTING; // guarded by this, as are the next two
    private Map<String, Position> rooms = Map.of(); // each with the namespace's position at joining; without the id
    private @Nullable OpenNamespace open; // once it has connected

    private volatile @Nullable SocketRecovery recovery; // once it has connected, if its client can come back
    private volatile @Nullable Map<String, Object> data;
    private volatile boolean recovered;

    private enum State {
        CONNECTING,
        CONNECTED,
        LEFT
    }

    ServerSocket(
            String id,
            String namespaceName,
            NamespaceHandler handler,
            Mailbox mailbox,
            Client client,
            SocketIoServer server) {
        this.id = id;
        this.namespaceName = namespaceName;
        this.handler = handler;
        this.mailbox = mailbox;
        this.client = client;
        this.server = server;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String namespace() {
        return namespaceName;
    }

    NamespaceHandler handler() {
        return handler;
    }

    Client client() {
        return client;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Session connection() {
        return client.connection();
    }

    @Override
    public synchronized boolean isConnected() {
        return state == State.CONNECTED;
    }

    @Override
    public @Nullable Principal principal() {
        return connection().principal();
    }

    @Override
    public String remoteAddress() {
        return connection().remoteAddress();
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> map = data;
        if (map == null) {
            synchronized (this) {
                map = data;
                if (map == null) {
                    map = new ConcurrentHashMap<>(4);
                    data = map;
                }
            }
        }
        return map;
    }

    @Override
    public synchronized Set<String> rooms() {
        Set<String> all = new HashSet<>(rooms.keySet());
        if (state != State.CONNECTING) {
            all.add(id);
        }
        return all;
    }

    @Override
    public boolean recovered() {
        return recovered;
    }

    /** The client has come back: restores the socket's state. */
    synchronized void restore(Snapshot snapshot) {
        id = snapshot.id();
        data = new ConcurrentHashMap<>(snapshot.data());
        rooms = new HashMap<>(snapshot.rooms());
        recovered = true;
    }

    /**
     * Connects the client.
     *
     * @param entered the namespace that was opened for this socket; the socket leaves it once it was connected
     * @return false if the client has gone meanwhile
     */
    boolean connect(OpenNamespace entered) {
        if (!enter(entered)) {
            return false;
        }
        send(Outgoing.of(PacketWriter.connect(namespaceName, "{\"sid\":\"" + id + "\"}")));
        return true;
    }

    /** Joins and leaves rooms as directed while the client was away. */
    synchronized void follow(Replay replay) {
        rooms.keySet()
                .removeIf(room -> replay.snapshot().rooms().containsKey(room)
                        && !replay.rooms().containsKey(room));
        rooms.putAll(replay.rooms());
    }

    /** @return false if the client has gone meanwhile */
    synchronized boolean enter(OpenNamespace entered) {
        if (state != State.CONNECTING) {
            return false;
        }
        state = State.CONNECTED;
        open = entered;
        Namespace namespace = entered.namespace();
        namespace.add(this);
        for (Map.Entry<String, Position> room : rooms.entrySet()) {
            if (room.getValue().equals(NOWHERE)) {
                room.setValue(namespace.now());
            }
            namespace.join(room.getKey(), this);
        }
        return true;
    }

    /** From now on the client can come back. */
    void recoverBy(SocketRecovery means) {
        recovery = means;
    }

    /** The client has answered a ping. */
    void ponged() {
        SocketRecovery means = recovery;
        if (means != null) {
            means.ponged();
        }
    }

    /** The rooms of the socket without its id, each with the namespace's position when it joined. */
    synchronized Map<String, Position> joinedRooms() {
        return rooms;
    }

    /**
     * The client leaves.
     *
     * @param mayComeBack whether the client may come back, since it did not say itself that it leaves
     * @return whether it was connected
     */
    boolean leave(boolean mayComeBack) {
        SocketRecovery means = recovery;
        if (means != null) {
            return means.leave(mayComeBack);
        }
        OpenNamespace left = exit();
        if (left != null) {
            server.namespaces().leave(left);
        }
        return left != null;
    }

    /** @return the namespace that the socket was in; null if it was not connected */
    @Nullable
    OpenNamespace exit() {
        OpenNamespace left;
        synchronized (this) {
            left = state == State.CONNECTED ? open : null;
            state = State.LEFT;
            if (left == null) {
                return null;
            }
            Namespace namespace = left.namespace();
            rooms.keySet().forEach(room -> namespace.leave(room, this));
            namespace.remove(this);
        }
        acks.close();
        return left;
    }

    /** Forgets the rooms, since nothing asks for them any more. */
    synchronized void forgetRooms() {
        rooms = Map.of();
    }

    @Override
    public void join(String... names) {
        synchronized (this) {
            for (String room : names) {
                if (state == State.LEFT || room.equals(id) || rooms.containsKey(room)) {
                    continue;
                }
                if (rooms.size() >= server.settings().maxRooms()) {
                    throw new IllegalStateException(
                            "A socket may be in at most " + rooms.size() + " rooms: see pushwire.socketio.max-rooms");
                }
                if (rooms.isEmpty()) {
                    rooms = new HashMap<>(4);
                }
                rooms.put(room, open == null ? NOWHERE : open.namespace().now());
                if (open != null) {
                    open.namespace().join(room, this);
                }
            }
        }
    }

    /**
     * Joins rooms on behalf of another node. The caller there cannot be told if the socket is in too many rooms
     * already.
     */
    void joinIfAllowed(Set<String> names) {
        try {
            join(names.toArray(String[]::new));
        } catch (IllegalStateException e) {
            log.warn("{} cannot join all rooms: {}", this, e.getMessage());
        }
    }

    @Override
    public void leave(String... names) {
        synchronized (this) {
            for (String room : names) {
                if (state != State.LEFT && !rooms.isEmpty() && rooms.remove(room) != null && open != null) {
                    open.namespace().leave(room, this);
                }
            }
        }
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        emit(Emission.of(server.codec(), event, false, arguments));
    }

    @Override
    public void emitVolatile(String event, @Nullable Object... arguments) {
        emit(Emission.of(server.codec(), event, true, arguments));
    }

    private void emit(Emission emission) {
        if (isConnected()) {
            server.listener().emitted(handler.label());
            SocketRecovery means = recovery;
            if (means == null) {
                send(emission.packet(namespaceName, Packet.NO_ACK));
            } else {
                means.send(emission);
                server.awaitRoom();
            }
        }
    }

    @Override
    public CompletableFuture<Answer> emitWithAck(String event, @Nullable Object... arguments) {
        return emitWithAck(server.settings().ackTimeout(), event, arguments);
    }

    @Override
    public CompletableFuture<Answer> emitWithAck(Duration patience, String event, @Nullable Object... arguments) {
        Emission emission = Emission.of(server.codec(), event, false, arguments);
        OpenNamespace joined;
        synchronized (this) {
            joined = open;
        }
        long ackId = joined == null ? 0 : joined.namespace().nextAckId();
        CompletableFuture<Arguments> future = await(ackId, patience);
        if (isConnected()) {
            server.listener().emitted(handler.label());
            send(emission.packet(namespaceName, ackId));
        }
        // on a thread of its own: what the application does then may wait
        return future.whenCompleteAsync((_, failure) -> missing(failure), Thread::startVirtualThread)
                .thenApply(answer -> new Answer(answer, server.codec()));
    }

    private void missing(@Nullable Throwable failure) {
        if (failure != null) {
            server.listener().acked(handler.label(), AckResult.MISSING);
        }
    }

    /** @throws IllegalStateException if too many answers are awaited already */
    CompletableFuture<Arguments> await(long ackId, Duration patience) {
        return isConnected() ? acks.await(ackId, patience) : CompletableFuture.failedFuture(AwaitedAcks.left());
    }

    /** The client has answered. */
    void answered(Packet.Ack ack) {
        boolean wanted = acks.answer(ack.ackId(), ack.arguments());
        server.listener().acked(handler.label(), wanted ? AckResult.ANSWERED : AckResult.UNEXPECTED);
    }

    /** Sends a packet. A volatile one is sent only if there is room. */
    void send(Outgoing packet) {
        if (packet.isVolatile()) {
            client.engine().offer(packet.message());
        } else {
            client.engine().send(packet.message());
        }
    }

    /** Sends like {@link #send}, but never waits for the event loop, so callers may hold a lock. */
    void sendUnpaced(Outgoing packet) {
        if (packet.isVolatile()) {
            client.engine().offer(packet.message());
        } else {
            client.engine().sendUnpaced(packet.message());
        }
    }

    @Override
    public Emitter to(String... rooms) {
        return broadcast().to(rooms);
    }

    @Override
    public Emitter except(String... rooms) {
        return broadcast().except(rooms);
    }

    @Override
    public Emitter broadcast() {
        return server.of(namespaceName).except(id);
    }

    @Override
    public void disconnect(boolean close) {
        if (close) {
            client.disconnectAll();
        } else {
            client.disconnect(this);
        }
    }

    void closeConnection(CloseReason reason) {
        client.engine().close(reason);
    }

    /** The namespace and the id. */
    @Override
    public String toString() {
        return "Socket " + id + " of " + namespaceName;
    }
}
