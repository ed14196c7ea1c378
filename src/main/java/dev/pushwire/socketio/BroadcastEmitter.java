package dev.pushwire.socketio;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Chooses sockets of a namespace, and hands actions on them to the adapter. */
record BroadcastEmitter(
        Adapter adapter,
        ArgumentCodec codec,
        String namespace,
        Selection selection,
        boolean isVolatile,
        Duration patience)
        implements Emitter {

    @Override
    public Emitter to(String... rooms) {
        return of(selection.to(rooms));
    }

    @Override
    public Emitter except(String... rooms) {
        return of(selection.except(rooms));
    }

    private Emitter of(Selection other) {
        return new BroadcastEmitter(adapter, codec, namespace, other, isVolatile, patience);
    }

    @Override
    public Emitter asVolatile() {
        return new BroadcastEmitter(adapter, codec, namespace, selection, true, patience);
    }

    @Override
    public Emitter timeout(Duration other) {
        if (!other.isPositive()) {
            throw new IllegalArgumentException("The time to wait for answers must be longer than 0, not " + other);
        }
        return new BroadcastEmitter(adapter, codec, namespace, selection, isVolatile, other);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        adapter.broadcast(namespace, selection, Emission.of(codec, event, isVolatile, arguments));
    }

    @Override
    public CompletableFuture<Answers> emitWithAck(String event, @Nullable Object... arguments) {
        Emission emission = Emission.of(codec, event, isVolatile, arguments);
        return adapter.broadcastWithAck(namespace, selection, emission, patience);
    }

    @Override
    public SocketList fetchSockets() {
        return adapter.fetchSockets(namespace, selection);
    }

    @Override
    public void socketsJoin(String... rooms) {
        adapter.join(namespace, selection, Set.of(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        adapter.leave(namespace, selection, Set.of(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        adapter.disconnect(namespace, selection, close);
    }
}
