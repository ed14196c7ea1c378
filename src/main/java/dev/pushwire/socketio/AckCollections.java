package dev.pushwire.socketio;

import dev.pushwire.socketio.SocketIoListener.AckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answers of this node's clients to events for the sockets of all nodes. They are kept until the node that wants
 * them has fetched them. That node may ask for them before the event has arrived here. Thread-safe.
 */
final class AckCollections {
    /** How long answers are kept for a node that may have died. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final SocketIoListener listener;
    private final Map<String, Collection> collections = new ConcurrentHashMap<>();

    /** @param answer null if none came in time */
    record Collected(String socket, @Nullable Arguments answer) {
        /** Writes the answer for another node. An answer that is too large counts as none. */
        byte[] write() {
            boolean fits = answer != null && !Page.isTooLarge(answer.size());
            ByteWriter out = new ByteWriter().text(socket).flag(fits);
            return (fits && answer != null ? out.arguments(answer) : out).bytes();
        }

        static Collected read(ByteReader in) {
            return new Collected(in.text(), in.flag() ? in.arguments() : null);
        }
    }

    private record Collection(CompletableFuture<List<Collected>> answers, long until) {}

    AckCollections(SocketIoListener listener) {
        this.listener = listener;
    }

    private Collection of(String id, Duration patience) {
        return collections.computeIfAbsent(
                id,
                _ -> new Collection(
                        new CompletableFuture<>(),
                        System.nanoTime() + patience.plus(KEPT).toNanos()));
    }

    /** Sends an event to the chosen sockets of this node, and collects their answers. Does not wait. */
    void ask(Namespace namespace, Directive.Emit emit, Directive.Ask ask) {
        Collection collection = of(ask.id(), ask.patience());
        long ackId = namespace.nextAckId();
        Outgoing packet = Outgoing.event(namespace.name(), ackId, emit.event(), emit.isVolatile());
        Map<String, CompletableFuture<Arguments>> awaited = new LinkedHashMap<>();
        List<Collected> unasked = new ArrayList<>();
        for (ServerSocket socket : namespace.select(emit.to())) {
            try {
                awaited.put(socket.id(), socket.await(ackId, ask.patience()));
                socket.sendUnpaced(packet);
            } catch (IllegalStateException e) {
                unasked.add(new Collected(socket.id(), null)); // it owes too many answers already
            }
        }
        String label = namespace.handler().label();
        CompletableFuture<?> _ = CompletableFuture.allOf(awaited.values().toArray(CompletableFuture[]::new))
                .handleAsync(
                        (_, _) -> {
                            List<Collected> all = new ArrayList<>(unasked);
                            awaited.forEach((socket, answer) -> all.add(collected(label, socket, answer)));
                            return collection.answers().complete(all);
                        },
                        Thread::startVirtualThread);
    }

    /** Completes when all have answered, or never will. */
    private Collected collected(String label, String socket, CompletableFuture<Arguments> answer) {
        if (answer.isCompletedExceptionally()) {
            listener.acked(label, AckResult.MISSING);
            return new Collected(socket, null);
        }
        return new Collected(socket, answer.join());
    }

    /**
     * The answers that were collected.
     *
     * @return completes when all have answered or their time is over; fails if the event has not arrived by then
     */
    CompletableFuture<List<Collected>> await(String id, Duration patience) {
        return of(id, patience)
                .answers()
                .copy()
                .orTimeout(patience.plusSeconds(1).toNanos(), TimeUnit.NANOSECONDS);
    }

    void forget(String id) {
        collections.remove(id);
    }

    /**
     * Forgets answers that no node has fetched. It is called now and then.
     *
     * @param now the time as {@link System#nanoTime} counts it
     */
    void tidyUp(long now) {
        collections.values().removeIf(collection -> now - collection.until() > 0);
    }

    /** How many collections there are. */
    int size() {
        return collections.size();
    }
}
