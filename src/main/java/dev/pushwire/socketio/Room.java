package dev.pushwire.socketio;

import dev.pushwire.endpoint.SessionGroup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A room: sockets that get the same messages.
 *
 * @param group their connections
 * @param members the sockets that have joined. The group cannot tell, since an event loop takes a connection in a
 *     little later
 */
record Room(SessionGroup group, Set<ServerSocket> members) {
    /** A room whose group never waits for what it sends. The caller that sends waits instead. */
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
