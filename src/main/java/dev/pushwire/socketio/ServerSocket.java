package dev.pushwire.socketio;

import dev.pushwire.endpoint.Session;
import dev.pushwire.engineio.CloseReason;
import dev.pushwire.socketio.SocketIoListener.AckResult;
import java.security.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client in one namespace: what it is in, what it waits for, and what is to be done for it. */
final class ServerSocket implements Socket {
    private static final Logger log = LoggerFactory.getLogger(ServerSocket.class);

    private final String id;
    private final String namespaceName;
    private final NamespaceHandler handler;
    private final Client client;
    private final SocketIoServer server;
    private final Mailbox mailbox;

    private State state = State.CONNECTING; // guarded by this, as are the next three
    private Set<String> rooms = Set.of(); // the id apart
    private @Nullable OpenNamespace open; // once it has connected
    private @Nullable AwaitedAcks acks; // null for none yet

    private volatile @Nullable Map<String, Object> data;

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
        Set<String> all = new HashSet<>(rooms);
        if (state != State.CONNECTING) {
            all.add(id);
        }
        return all;
    }

    /**
     * The client is let in.
     *
     * @param entered for this socket, which leaves it once it was connected
     * @return false when it has gone meanwhile
     */
    boolean connect(OpenNamespace entered) {
        synchronized (this) {
            if (state != State.CONNECTING) {
                return false;
            }
            state = State.CONNECTED;
            open = entered;
            entered.namespace().add(this);
            rooms.forEach(room -> entered.namespace().join(room, this)); // those that a handler chose before
        }
        send(Outgoing.of(PacketWriter.connect(namespaceName, "{\"sid\":\"" + id + "\"}")));
        return true;
    }

    /**
     * The client leaves.
     *
     * @return whether it was connected
     */
    boolean leave() {
        AwaitedAcks awaited;
        synchronized (this) {
            boolean wasConnected = state == State.CONNECTED;
            state = State.LEFT;
            if (!wasConnected) {
                return false;
            }
            OpenNamespace left = open;
            if (left != null) {
                rooms.forEach(room -> left.namespace().leave(room, this));
                left.namespace().remove(this);
                server.namespaces().leave(left);
            }
            awaited = acks;
        }
        if (awaited != null) {
            awaited.close();
        }
        return true;
    }

    /** Nobody asks for its rooms any more. */
    synchronized void forgetRooms() {
        rooms = Set.of();
    }

    @Override
    public void join(String... names) {
        synchronized (this) {
            for (String room : names) {
                if (state == State.LEFT || room.equals(id) || rooms.contains(room)) {
                    continue;
                }
                if (rooms.size() >= server.settings().maxRooms()) {
                    throw new IllegalStateException(
                            "A socket is in " + rooms.size() + " rooms at most: see pushwire.socketio.max-rooms");
                }
                if (rooms.isEmpty()) {
                    rooms = new HashSet<>(4);
                }
                rooms.add(room);
                if (open != null) {
                    open.namespace().join(room, this);
                }
            }
        }
    }

    /** As another node wants it: there nobody is told that it is in too many rooms already. */
    void joinIfAllowed(Set<String> names) {
        try {
            join(names.toArray(String[]::new));
        } catch (IllegalStateException e) {
            log.warn("{} cannot join all rooms that it is to join: {}", this, e.getMessage());
        }
    }

    @Override
    public void leave(String... names) {
        synchronized (this) {
            for (String room : names) {
                if (state != State.LEFT && !rooms.isEmpty() && rooms.remove(room) && open != null) {
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
            send(emission.packet(namespaceName, Packet.NO_ACK));
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

    /** @throws IllegalStateException when too many answers are awaited already */
    CompletableFuture<Arguments> await(long ackId, Duration patience) {
        AwaitedAcks awaited;
        synchronized (this) {
            if (acks == null) {
                acks = new AwaitedAcks();
            }
            awaited = acks;
            if (state != State.CONNECTED) {
                awaited.close();
            }
        }
        return awaited.await(ackId, patience);
    }

    /** The client has answered. */
    void answered(Packet.Ack ack) {
        AwaitedAcks awaited;
        synchronized (this) {
            awaited = acks;
        }
        boolean wanted = awaited != null && awaited.answer(ack.ackId(), ack.arguments());
        server.listener().acked(handler.label(), wanted ? AckResult.ANSWERED : AckResult.UNEXPECTED);
    }

    /** Sends a packet; a volatile one only if there is room. */
    void send(Outgoing packet) {
        if (packet.isVolatile()) {
            client.engine().offer(packet.message());
        } else {
            client.engine().send(packet.message());
        }
    }

    /** The same, but never waits for the event loop: for what is sent under a lock. */
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
