package dev.pushwire.socketio;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reaches the sockets of a namespace, wherever their connections are. Each socket that is in its namespace when a call begins, and is
 * chosen, is reached once; those of one thread's calls in their order. Thread-safe.
 */
interface Adapter {
    void broadcast(String namespace, Selection to, Emission emission);

    /** @return completes when all have answered, or time is over; never fails */
    CompletableFuture<Answers> broadcastWithAck(String namespace, Selection to, Emission emission, Duration patience);

    /** May wait. */
    SocketList fetchSockets(String namespace, Selection of);

    void join(String namespace, Selection who, Set<String> rooms);

    void leave(String namespace, Selection who, Set<String> rooms);

    void disconnect(String namespace, Selection who, boolean close);
}
