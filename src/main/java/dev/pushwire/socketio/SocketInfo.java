package dev.pushwire.socketio;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket as it was when somebody asked. To act on it, name it as a room: {@code io.in(info.id())}.
 *
 * @param rooms those it is in, its own id among them
 * @param data of the application's
 * @param principal who its client is; null for nobody in particular
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
