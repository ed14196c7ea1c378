package dev.pushwire.socketio;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to one namespace. Thread-safe. An application may keep it. Once the socket has left, sending
 * does nothing.
 */
public interface Socket {
    /**
     * The id of the socket. It is new for each connection that is not {@linkplain #recovered recovered}, and it is no
     * secret.
     */
    String id();

    /** The namespace's name. */
    String namespace();

    /** Whether the socket has connected, and has not left. */
    boolean isConnected();

    /**
     * Whether the client has come back and continues with its former id, rooms and data. They are there in
     * {@link BeforeConnect} and {@link OnConnect} already.
     */
    boolean recovered();

    /** The client's user, by its token or by the application's security; null if it is anonymous. */
    @Nullable
    Principal principal();

    /** The client's IP address. Behind a trusted proxy it is the address that the proxy named. */
    String remoteAddress();

    /** The application's own data about this socket. The map is thread-safe. */
    Map<String, Object> data();

    /** The rooms of the socket, with its own id; a copy. */
    Set<String> rooms();

    /**
     * Joins rooms. Does nothing for a room that the socket is in, or if the socket has left.
     *
     * @throws IllegalStateException if the socket would be in more rooms than {@code pushwire.socketio.max-rooms}
     *     allows
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

    /** Sends an event that the client misses if its connection is full. */
    void emitVolatile(String event, @Nullable Object... arguments);

    /**
     * Sends an event that the client answers, as {@link #emitWithAck(Duration, String, Object...)} does, and waits as
     * long as {@code pushwire.socketio.ack-timeout} says.
     */
    CompletableFuture<Answer> emitWithAck(String event, @Nullable Object... arguments);

    /**
     * Sends an event that the client answers. A handler may wait for the answer: answers overtake the events that wait.
     *
     * @return fails with a {@link java.util.concurrent.TimeoutException} if no answer comes in time, and with a
     *     {@link java.util.concurrent.CancellationException} if the client leaves before
     * @throws IllegalArgumentException as {@link Emitter#emit}
     * @throws IllegalStateException if 1,000 answers of this client are awaited already
     */
    CompletableFuture<Answer> emitWithAck(Duration patience, String event, @Nullable Object... arguments);

    /** Chooses the other sockets in these rooms, on all nodes. */
    Emitter to(String... rooms);

    /** Chooses all other sockets of the namespace, without those in these rooms. */
    Emitter except(String... rooms);

    /** Chooses all other sockets of the namespace. */
    Emitter broadcast();

    /**
     * Disconnects the client from the namespace.
     *
     * @param close whether to end its connection as well, and so all its other namespaces
     */
    void disconnect(boolean close);
}
