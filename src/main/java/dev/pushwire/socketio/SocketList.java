package dev.pushwire.socketio;

import java.util.List;

/**
 * The result of {@link Emitter#fetchSockets}.
 *
 * @param complete whether every node has answered
 */
public record SocketList(List<SocketInfo> sockets, boolean complete) {
    public SocketList {
        sockets = List.copyOf(sockets);
    }
}
