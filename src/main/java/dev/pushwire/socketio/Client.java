package dev.pushwire.socketio;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.engineio.CloseReason;
import dev.pushwire.engineio.EngineException;
import dev.pushwire.engineio.EngineListener;
import dev.pushwire.engineio.EngineSession;
import dev.pushwire.push.ClientSession;
import dev.pushwire.socketio.SocketIoListener.Refusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of a client. It takes the client's packets to the namespaces that the client is connected to. */
final class Client implements EngineListener {
    /**
     * The longest name of a namespace that a client may ask for. The service looks for it, and repeats it in the
     * answer.
     */
    private static final int LONGEST_NAMESPACE = 255;

    /** The longest time between a packet and the last of its attachments, in nanoseconds. */
    private static final long UNFINISHED = Duration.ofSeconds(60).toNanos();

    private final SocketIoServer server;
    private final EngineSession engine;
    private final @Nullable Handshake handshake;
    private final PacketAssembler assembler;
    private final long opened = System.nanoTime();
    private final Object tokens = new Object();
    private volatile @Nullable ClientSession topics;
    private final Map<String, ServerSocket> sockets = new HashMap<>(2); // guarded by this, as are the next
    private final Map<String, Mailbox> leaving = new HashMap<>(0); // those with something to do for a socket that left
    private boolean joined;
    private boolean closed;
    private int held; // bytes of a packet that is not whole
    private long heldSince;

    /** @param handshake null if no namespace wants it */
    Client(SocketIoServer server, EngineSession engine, @Nullable Handshake handshake) {
        this.server = server;
        this.engine = engine;
        this.handshake = handshake;
        this.assembler = new PacketAssembler(server.settings().maxPacketSize());
    }

    EngineSession engine() {
        return engine;
    }

    Session connection() {
        return engine.connection();
    }

    /** The lock that is held while a token of the client is checked. */
    Object tokens() {
        return tokens;
    }

    /** The client's session on topics; null if it is not in the namespace for topics. */
    @Nullable
    ClientSession topics() {
        return topics;
    }

    void setTopics(@Nullable ClientSession topics) {
        this.topics = topics;
    }

    @Nullable
    Handshake handshake() {
        return handshake;
    }

    @Override
    public void text(String message) throws EngineException {
        try {
            take(assembler.text(message));
        } catch (PacketException e) {
            throw new EngineException(CloseReason.FORCED_CLOSE);
        }
    }

    @Override
    public void binary(ByteBuffer data) throws EngineException {
        try {
            take(assembler.binary(data));
        } catch (PacketException e) {
            throw new EngineException(CloseReason.FORCED_CLOSE);
        }
    }

    /** @param packet null if more of it is to come */
    private void take(@Nullable Packet packet) throws EngineException {
        hold(assembler.held());
        switch (packet) {
            case null -> {}
            case Packet.Connect connect -> connect(connect);
            case Packet.Event event -> receive(joined(event.namespace()), event);
            case Packet.Ack ack -> joined(ack.namespace()).answered(ack);
            case Packet.Disconnect disconnect ->
                leave(joined(disconnect.namespace()), DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
            case Packet.ConnectError _ -> throw invalidState();
        }
    }

    private void hold(int now) throws EngineException {
        int more;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (held == 0) {
                heldSince = System.nanoTime();
            }
            more = now - held;
            held = now;
        }
        if (!server.hold(more)) {
            throw new EngineException(CloseReason.FORCED_SERVER_CLOSE);
        }
    }

    private static EngineException invalidState() {
        return new EngineException(CloseReason.FORCED_SERVER_CLOSE);
    }

    /** The client's socket in a namespace. */
    private ServerSocket joined(String namespace) throws EngineException {
        ServerSocket socket;
        synchronized (this) {
            socket = sockets.get(namespace);
        }
        if (socket == null || !socket.isConnected()) {
            throw invalidState();
        }
        return socket;
    }

    private void connect(Packet.Connect packet) throws EngineException {
        String name = packet.namespace();
        NamespaceHandler handler =
                name.length() > LONGEST_NAMESPACE ? null : server.namespaces().handler(name);
        ServerSocket socket = null;
        synchronized (this) {
            if (closed) {
                return;
            }
            ServerSocket former = sockets.get(name);
            if (former != null) {
                if (former.isConnected()) {
                    throw invalidState();
                }
                return; // one call of connect() too many: the answer to the first is on its way
            }
            if (handler != null && sockets.size() < server.settings().maxNamespaces()) {
                Mailbox left = leaving.get(name); // handlers see the end of one socket before the next one begins
                Mailbox mailbox = left == null ? new Mailbox() : left;
                socket = new ServerSocket(SocketIoServer.newId(), name, handler, mailbox, this, server);
                sockets.put(name, socket);
            }
        }
        if (handler == null) {
            refuse(name, "", Refusal.INVALID_NAMESPACE, "Invalid namespace");
        } else if (socket == null) {
            refuse(name, handler.label(), Refusal.TOO_MANY_NAMESPACES, "Too many namespaces");
        } else {
            server.connecting().begin(this, socket, packet.auth());
            awaitRoom(socket.mailbox()); // connecting and leaving are tasks, too
        }
    }

    private void refuse(String namespace, String label, Refusal refusal, String message) {
        server.listener().refused(label, refusal);
        engine.send(Outgoing.of(PacketWriter.connectError(namespace, "{\"message\":\"" + message + "\"}"))
                .message());
    }

    private void receive(ServerSocket socket, Packet.Event event) {
        Mailbox mailbox = socket.mailbox();
        mailbox.submit(event.arguments().size(), () -> server.calls().event(socket, event));
        awaitRoom(mailbox);
    }

    private void awaitRoom(Mailbox mailbox) {
        if (!mailbox.hasRoom()) {
            try {
                mailbox.awaitRoom(engine::isOpen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The client has joined a namespace, so its time to join one no longer counts. */
    synchronized void joined() {
        joined = true;
    }

    /** A socket could not connect. */
    void remove(ServerSocket socket) {
        boolean _ = socket.leave(false);
        synchronized (this) {
            sockets.remove(socket.namespace(), socket);
        }
        left(socket);
    }

    void leave(ServerSocket socket, DisconnectReason reason) {
        synchronized (this) {
            if (sockets.remove(socket.namespace(), socket)) {
                leaving.put(socket.namespace(), socket.mailbox());
            }
        }
        if (socket.leave(!reason.isOrderly())) {
            server.calls().left(socket, reason);
        } else {
            left(socket);
        }
    }

    /** All tasks of a socket that left are done. */
    synchronized void left(ServerSocket socket) {
        if (socket.mailbox().isLast()) {
            leaving.remove(socket.namespace(), socket.mailbox());
        }
    }

    void disconnect(ServerSocket socket) {
        if (socket.isConnected()) {
            socket.sendUnpaced(Outgoing.of(PacketWriter.disconnect(socket.namespace())));
            leave(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    void disconnectAll() {
        sockets().forEach(this::disconnect);
        engine.close(CloseReason.FORCED_SERVER_CLOSE);
    }

    private synchronized List<ServerSocket> sockets() {
        return new ArrayList<>(sockets.values());
    }

    @Override
    public void ponged() {
        sockets().forEach(ServerSocket::ponged);
    }

    @Override
    public void swept(long now) {
        boolean late;
        synchronized (this) {
            long connectTimeout = server.settings().connectTimeout().toNanos();
            late = (!joined && now - opened >= connectTimeout) || (held > 0 && now - heldSince >= UNFINISHED);
        }
        if (late) {
            engine.close(CloseReason.FORCED_SERVER_CLOSE);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        int freed;
        synchronized (this) {
            closed = true;
            freed = held;
            held = 0;
        }
        server.hold(-freed);
        for (ServerSocket socket : sockets()) {
            leave(socket, DisconnectReason.of(reason));
            socket.mailbox().wake(); // a reader that waits there need not read on
        }
    }
}
