package dev.pushwire.socketio;

import dev.pushwire.engineio.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls handlers, on the thread of each socket. An exception ends only the call. */
final class HandlerCalls {
    private static final Logger log = LoggerFactory.getLogger(HandlerCalls.class);

    private final SocketIoServer server;

    private interface Call {
        void run() throws Exception;
    }

    HandlerCalls(SocketIoServer server) {
        this.server = server;
    }

    void connected(Client client, ServerSocket socket, @Nullable String auth) {
        server.listener().connected(socket.handler().label());
        socket.mailbox()
                .submit(0, () -> call(socket, () -> socket.handler().connected(socket, auth, client.handshake())));
    }

    /** Handles an event, on the socket's thread. */
    void event(ServerSocket socket, Packet.Event event) {
        EventAck ack = new EventAck(socket, server.codec(), event.ackId());
        call(socket, () -> {
            boolean handled = socket.handler().event(socket, event.name(), event.arguments(), ack);
            server.listener().received(socket.handler().label(), handled);
        });
    }

    void left(ServerSocket socket, DisconnectReason reason) {
        server.listener().disconnected(socket.handler().label(), reason);
        socket.mailbox().submit(0, () -> {
            call(socket, () -> socket.handler().disconnecting(socket, reason));
            socket.forgetRooms();
            call(socket, () -> socket.handler().disconnected(socket, reason));
            socket.client().left(socket);
        });
    }

    private void call(ServerSocket socket, Call call) {
        try {
            call.run();
        } catch (PacketException e) {
            server.listener().handlerFailed(socket.handler().label());
            log.debug("A client sent {} {}", socket, e.getMessage()); // its own fault: no line for each in the log
        } catch (Exception e) {
            server.listener().handlerFailed(socket.handler().label());
            log.warn(
                    "A handler of the Socket.IO namespace {} failed",
                    socket.handler().label(),
                    e);
        } catch (Error e) {
            met(e, socket);
        }
    }

    /** Ends the client that an {@link Error} has hit. */
    void met(Error error, ServerSocket socket) {
        try {
            log.error(
                    "A handler of the Socket.IO namespace {} failed",
                    socket.handler().label(),
                    error);
        } finally {
            socket.closeConnection(CloseReason.FORCED_SERVER_CLOSE);
        }
    }
}
