package dev.pushwire.socketio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a namespace, and what can be done with all of them at once: all there are, or those in any of the rooms that were named,
 * but for those in rooms that were excepted. A socket's id is a room that it alone is in. Immutable and thread-safe; each
 * method that narrows the choice returns another emitter.
 *
 * <p>Arguments are what Jackson makes JSON of; {@code byte[]}, {@link java.nio.ByteBuffer} and Jackson's binary nodes, wherever
 * they stand, go as binary data. A message is encoded once on each node, whatever the number of sockets.
 *
 * <p>The sockets are those of all nodes. What one thread does to them reaches each in this order. Each method that does something may
 * wait for the broker, so it is not for the callbacks of an endpoint that runs on the event loop. While the broker cannot be reached,
 * those that return nothing throw {@link dev.pushwire.broker.BrokerUnavailableException}: whether it was done is not known, but
 * it was on all nodes or on none.
 */
public interface Emitter {
    /** The sockets in these rooms, besides those in rooms named before. */
    Emitter to(String... rooms);

    /** The same as {@link #to}; it reads better before {@link #fetchSockets} and the like. */
    default Emitter in(String... rooms) {
        return to(rooms);
    }

    /** Without the sockets in these rooms. */
    Emitter except(String... rooms);

    /** For events that a client whose connection is full may miss, instead of being disconnected. */
    Emitter asVolatile();

    /** @param patience how long {@link #emitWithAck} waits for answers */
    Emitter timeout(Duration patience);

    /**
     * Sends an event.
     *
     * @throws IllegalArgumentException when the name is reserved, Jackson cannot write an argument, or there are more than 10 pieces
     *     of binary data, which clients do not take
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event that clients answer.
     *
     * @return completes when all have answered, or time is over; never fails. Not complete where a node with sockets did not say what
     *     its clients answered, within three seconds behind that time
     * @throws IllegalArgumentException as for {@link #emit}
     */
    CompletableFuture<Answers> emitWithAck(String event, @Nullable Object... arguments);

    /** The sockets, behind everything that was done to them before. Waits three seconds for a node that does not answer. */
    SocketList fetchSockets();

    /** Has the sockets join rooms. */
    void socketsJoin(String... rooms);

    /** Has the sockets leave rooms. */
    void socketsLeave(String... rooms);

    /** @param close whether the connections end as well, with all other namespaces */
    void disconnectSockets(boolean close);
}
