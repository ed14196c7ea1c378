package dev.pushwire.socketio;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket as it was at one moment. To act on it, use its id as a room: {@code io.in(info.id())}.
 *
 * @param rooms its rooms, with its own id
 * @param data the application's data
 * @param principal the client's user; null if it is anonymous
 */
public record SocketInfo(
        String id,
        Set<String> rooms,
        Map<String, Object> data,
        String remoteAddress,
        @Nullable String principal) {
    public SocketInfo {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
