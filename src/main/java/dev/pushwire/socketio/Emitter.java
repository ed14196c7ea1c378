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
 * they stand, go as binary data. A message is encoded once, whatever the number of sockets.
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
     * @return completes when all have answered, or time is over; never fails
     * @throws IllegalArgumentException as for {@link #emit}
     */
    CompletableFuture<Answers> emitWithAck(String event, @Nullable Object... arguments);

    /** The sockets. May wait for other nodes. */
    SocketList fetchSockets();

    /** Has the sockets join rooms. */
    void socketsJoin(String... rooms);

    /** Has the sockets leave rooms. */
    void socketsLeave(String... rooms);

    /** @param close whether the connections end as well, with all other namespaces */
    void disconnectSockets(boolean close);
}
