package dev.pushwire.socketio;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client's connection to one namespace. Thread-safe; may be kept. On one that has left, sending does nothing. */
public interface Socket {
    /** Made up anew for each connection that is not {@linkplain #recovered recovered}, and no secret. */
    String id();

    /** The namespace's name. */
    String namespace();

    /** Whether it has connected, and not left. */
    boolean isConnected();

    /**
     * Whether the client has come back, and goes on with the id, rooms and data from before. In
     * {@link BeforeConnect} and {@link OnConnect} they are there.
     */
    boolean recovered();

    /** Who the client is, by its token or as the application's security found; null for nobody in particular. */
    @Nullable
    Principal principal();

    /** The client's address, or the one that a trusted proxy named. */
    String remoteAddress();

    /** A place for the application's own data about this socket; thread-safe. */
    Map<String, Object> data();

    /** The rooms that it is in, its own id among them; a copy. */
    Set<String> rooms();

    /**
     * Joins rooms; does nothing for one that it is in, or when it has left.
     *
     * @throws IllegalStateException when it would be in more rooms than {@code pushwire.socketio.max-rooms} allows
     */
    void join(String... rooms);

    /** Leaves rooms. */
    void leave(String... rooms);

    /**
     * Sends an event to this client.
     *
     * @throws IllegalArgumentException as {@link Emitter#emit}
     */
    void emit(String event, @Nullable Object... arguments);

    /** Sends an event that the client may miss when its connection is full. */
    void emitVolatile(String event, @Nullable Object... arguments);

    /** {@link #emitWithAck(Duration, String, Object...)} with the patience that {@code pushwire.socketio.ack-timeout} says. */
    CompletableFuture<Answer> emitWithAck(String event, @Nullable Object... arguments);

    /**
     * Sends an event that the client answers. A handler may wait for it: answers do not come behind the events that wait.
     *
     * @return fails with a {@link java.util.concurrent.TimeoutException} when no answer comes in time, and with a
     *     {@link java.util.concurrent.CancellationException} when the client leaves before
     * @throws IllegalArgumentException as {@link Emitter#emit}
     * @throws IllegalStateException when 1,000 answers of this client are awaited already
     */
    CompletableFuture<Answer> emitWithAck(Duration patience, String event, @Nullable Object... arguments);

    /** The other sockets in these rooms, on all nodes. */
    Emitter to(String... rooms);

    /** All other sockets of the namespace but those in these rooms. */
    Emitter except(String... rooms);

    /** All other sockets of the namespace. */
    Emitter broadcast();

    /**
     * Takes the client out of the namespace.
     *
     * @param close whether its connection ends as well, with all other namespaces
     */
    void disconnect(boolean close);
}
