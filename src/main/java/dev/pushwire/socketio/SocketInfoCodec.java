package dev.pushwire.socketio;

import java.security.Principal;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes sockets for other nodes. All nodes see a socket in the same way, also its own node. */
final class SocketInfoCodec {
    private static final Logger log = LoggerFactory.getLogger(SocketInfoCodec.class);

    private final ArgumentCodec codec;

    SocketInfoCodec(ArgumentCodec codec) {
        this.codec = codec;
    }

    byte[] write(ServerSocket socket) {
        Principal principal = socket.principal();
        String data = codec.writeData(socket.data());
        if (Page.isTooLarge(data.length())) {
            log.warn("The data of {} is too large to be shown to other nodes", socket);
            data = codec.writeData(Map.of());
        }
        return new ByteWriter()
                .text(socket.id())
                .texts(socket.rooms())
                .text(data)
                .text(socket.remoteAddress())
                .optional(principal == null ? null : principal.getName())
                .bytes();
    }

    SocketInfo read(ByteReader in) {
        return new SocketInfo(in.text(), in.texts(), codec.readData(in.text()), in.text(), in.optional());
    }
}
