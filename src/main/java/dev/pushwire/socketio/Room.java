package dev.pushwire.socketio;

import dev.pushwire.endpoint.SessionGroup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sockets that get the same.
 *
 * @param group their connections
 * @param members those that have joined. The group cannot tell: an event loop takes a connection in a little later than it is asked to
 */
record Room(SessionGroup group, Set<ServerSocket> members) {
    /** One that never waits for what it sends: who tells it to does. */
    Room(SessionGroup.Factory groups) {
        this(groups.createUnpaced(_ -> {}), ConcurrentHashMap.newKeySet(4));
    }

    void add(ServerSocket socket) {
        members.add(socket);
        group.add(socket.connection());
    }

    void remove(ServerSocket socket) {
        members.remove(socket);
        group.remove(socket.connection());
    }
}
