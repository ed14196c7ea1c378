package dev.pushwire.socketio;

import dev.pushwire.socketio.SocketIoListener.AckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reaches the sockets of this node. */
final class LocalAdapter implements Adapter {
    private final Namespaces namespaces;
    private final ArgumentCodec codec;
    private final SocketIoListener listener;

    LocalAdapter(Namespaces namespaces, ArgumentCodec codec, SocketIoListener listener) {
        this.namespaces = namespaces;
        this.codec = codec;
        this.listener = listener;
    }

    @Override
    public void broadcast(String name, Selection to, Emission emission) {
        Namespace namespace = namespaces.get(name);
        if (namespace != null) {
            listener.emitted(namespace.label());
            namespace.broadcast(to, emission.packet(name, Packet.NO_ACK));
        }
    }

    @Override
    public CompletableFuture<Answers> broadcastWithAck(
            String name, Selection to, Emission emission, Duration patience) {
        Namespace namespace = namespaces.get(name);
        if (namespace == null) {
            return CompletableFuture.completedFuture(new Answers(List.of(), Set.of(), true));
        }
        listener.emitted(namespace.label());
        long id = namespace.nextAckId();
        Outgoing packet = emission.packet(name, id);
        Map<String, CompletableFuture<Arguments>> awaited = new LinkedHashMap<>();
        Set<String> unasked = new HashSet<>();
        for (ServerSocket socket : namespace.select(to)) {
            try {
                awaited.put(socket.id(), socket.await(id, patience));
                socket.send(packet);
            } catch (IllegalStateException e) {
                unasked.add(socket.id()); // it owes too many answers as it is
            }
        }
        return CompletableFuture.allOf(awaited.values().toArray(CompletableFuture[]::new))
                .handleAsync((_, _) -> collect(namespace.label(), awaited, unasked), Thread::startVirtualThread);
    }

    /** All have been answered by now, or never will be. */
    private Answers collect(String label, Map<String, CompletableFuture<Arguments>> awaited, Set<String> unasked) {
        List<Answer> answers = new ArrayList<>();
        Set<String> missing = new HashSet<>(unasked);
        awaited.forEach((socket, future) -> {
            if (future.isCompletedExceptionally()) {
                missing.add(socket);
                listener.acked(label, AckResult.MISSING);
            } else {
                answers.add(new Answer(future.join(), codec));
            }
        });
        return new Answers(answers, missing, true);
    }

    @Override
    public SocketList fetchSockets(String name, Selection of) {
        return new SocketList(select(name, of).stream().map(ServerSocket::info).toList(), true);
    }

    @Override
    public void join(String name, Selection who, Set<String> rooms) {
        String[] names = rooms.toArray(String[]::new);
        select(name, who).forEach(socket -> socket.join(names));
    }

    @Override
    public void leave(String name, Selection who, Set<String> rooms) {
        String[] names = rooms.toArray(String[]::new);
        select(name, who).forEach(socket -> socket.leave(names));
    }

    @Override
    public void disconnect(String name, Selection who, boolean close) {
        select(name, who).forEach(socket -> socket.disconnect(close));
    }

    private Collection<ServerSocket> select(String name, Selection selection) {
        Namespace namespace = namespaces.get(name);
        return namespace == null ? List.of() : namespace.select(selection);
    }
}
