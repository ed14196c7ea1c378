package dev.pushwire.socketio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The bean for applications. */
record RootEmitter(SocketIoServer server, Emitter root) implements SocketIo {
    RootEmitter(SocketIoServer server) {
        this(server, server.of(PacketReader.ROOT));
    }

    @Override
    public Emitter of(String namespace) {
        return server.of(namespace.startsWith("/") ? namespace : "/" + namespace);
    }

    @Override
    public Emitter to(String... rooms) {
        return root.to(rooms);
    }

    @Override
    public Emitter except(String... rooms) {
        return root.except(rooms);
    }

    @Override
    public Emitter asVolatile() {
        return root.asVolatile();
    }

    @Override
    public Emitter timeout(Duration patience) {
        return root.timeout(patience);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        root.emit(event, arguments);
    }

    @Override
    public CompletableFuture<Answers> emitWithAck(String event, @Nullable Object... arguments) {
        return root.emitWithAck(event, arguments);
    }

    @Override
    public SocketList fetchSockets() {
        return root.fetchSockets();
    }

    @Override
    public void socketsJoin(String... rooms) {
        root.socketsJoin(rooms);
    }

    @Override
    public void socketsLeave(String... rooms) {
        root.socketsLeave(rooms);
    }

    @Override
    public void disconnectSockets(boolean close) {
        root.disconnectSockets(close);
    }
}
