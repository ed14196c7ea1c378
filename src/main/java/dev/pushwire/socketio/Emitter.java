package dev.pushwire.socketio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A choice of sockets in a namespace, with the actions on all of them. It begins as all sockets, and narrows down: to
 * the sockets in any of the rooms named, without those in excepted rooms. A socket's id is a room that contains only
 * this socket. Immutable and thread-safe; each method that narrows the choice returns a new emitter.
 *
 * <p>Arguments are objects that Jackson writes as JSON. {@code byte[]}, {@link java.nio.ByteBuffer} and Jackson's
 * binary nodes go as binary data, wherever they are in an argument. A message is encoded once on each node, whatever
 * the number of sockets.
 *
 * <p>The sockets are those of all nodes. Each socket sees the actions of one thread in order. Every action may wait for
 * the broker, so a callback of an endpoint on the event loop must not call it. While the broker cannot be reached,
 * actions without a result throw {@link dev.pushwire.broker.BrokerUnavailableException}. The action may then have
 * happened or not, but it is the same on all nodes.
 */
public interface Emitter {
    /** Adds the sockets in these rooms to those in rooms named before. */
    Emitter to(String... rooms);

    /** Does the same as {@link #to}; it reads better before {@link #fetchSockets} and the like. */
    default Emitter in(String... rooms) {
        return to(rooms);
    }

    /** Leaves out the sockets in these rooms. */
    Emitter except(String... rooms);

    /** Marks the events as volatile: a client whose connection is full misses them, and is not disconnected. */
    Emitter asVolatile();

    /**
     * Sets how long {@link #emitWithAck} waits.
     *
     * @param patience longer than 0
     */
    Emitter timeout(Duration patience);

    /**
     * Sends an event.
     *
     * @throws IllegalArgumentException if the name is reserved, Jackson cannot write an argument, or there are more
     *     than 10 pieces of binary data, the most that clients take
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event that clients answer.
     *
     * @return completes when all have answered, or the time is over; never fails. It is not
     *     {@linkplain Answers#complete complete} if a node with sockets did not report the answers of its clients
     *     within three seconds after that time
     * @throws IllegalArgumentException as for {@link #emit}
     */
    CompletableFuture<Answers> emitWithAck(String event, @Nullable Object... arguments);

    /**
     * The chosen sockets, after all earlier actions on them. The method waits three seconds for a node that does not
     * answer.
     */
    SocketList fetchSockets();

    /** Joins the sockets to rooms. */
    void socketsJoin(String... rooms);

    /** Removes the sockets from rooms. */
    void socketsLeave(String... rooms);

    /**
     * Disconnects the sockets from the namespace.
     *
     * @param close whether to end the connections as well, and so all their other namespaces
     */
    void disconnectSockets(boolean close);
}
