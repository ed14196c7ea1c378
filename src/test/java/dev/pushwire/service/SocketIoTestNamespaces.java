package dev.pushwire.service;

import dev.pushwire.socketio.Ack;
import dev.pushwire.socketio.Arguments;
import dev.pushwire.socketio.BeforeConnect;
import dev.pushwire.socketio.ConnectRefusedException;
import dev.pushwire.socketio.OnConnect;
import dev.pushwire.socketio.OnEvent;
import dev.pushwire.socketio.Socket;
import dev.pushwire.socketio.SocketIo;
import dev.pushwire.socketio.SocketIoNamespace;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** The namespaces of {@code src/test/node/socketio-reference.mjs}. */
final class SocketIoTestNamespaces {
    abstract static class Served {
        private final SocketIo io;

        Served(SocketIo io) {
            this.io = io;
        }

        @OnConnect
        void connected(Socket socket, @Nullable JsonNode auth) {
            socket.emit("auth", auth == null ? Map.of() : auth);
        }

        @OnEvent("message")
        void message(Socket socket, Arguments arguments) {
            socket.emit("message-back", arguments);
        }

        @OnEvent("message-with-ack")
        Arguments messageWithAck(Arguments arguments) {
            return arguments;
        }

        @OnEvent("add")
        int add(int a, int b) {
            return a + b;
        }

        @OnEvent("1")
        void one(Socket socket, String text) {
            socket.emit("one", text);
        }

        /** Waits for the answer, as code on a virtual thread may. */
        @OnEvent("ask")
        void ask(Socket socket, String text) {
            socket.emit("answered", socket.emitWithAck("question", text).join().get(Object.class));
        }

        @OnEvent("join")
        void join(Socket socket, String room, Ack ack) {
            socket.join(room);
            ack.send(socket.rooms().size());
        }

        @OnEvent("leave")
        int leave(Socket socket, String room) {
            socket.leave(room);
            return socket.rooms().size();
        }

        @OnEvent("to-others")
        void toOthers(Socket socket, String room, String text) {
            socket.to(room).emit("said", text);
        }

        @OnEvent("to-room")
        void toRoom(Socket socket, String room, String text) {
            io.of(socket.namespace()).to(room).emit("said", text);
        }

        @OnEvent("to-either")
        void toEither(Socket socket, String one, String other, String text) {
            io.of(socket.namespace()).to(one).to(other).emit("said", text);
        }

        @OnEvent("to-all-but")
        void toAllBut(Socket socket, String room, String other, String text) {
            io.of(socket.namespace()).to(room).except(other).emit("said", text);
        }

        @OnEvent("picture-to-room")
        void pictureToRoom(Socket socket, String room, byte[] picture) {
            io.of(socket.namespace()).to(room).emit("picture", Map.of("picture", picture));
        }

        /** Binary events and others at once, to the room and to the socket. */
        @OnEvent("storm")
        void storm(Socket socket, String room, int count) {
            for (int thread = 0; thread < 4; thread++) {
                boolean binary = thread % 2 == 0;
                Thread.startVirtualThread(() -> {
                    for (int i = 0; i < count; i++) {
                        if (binary) {
                            io.of(socket.namespace()).to(room).emit("rain", new byte[] {1}, new byte[100]);
                            socket.emit("rain", new byte[] {2}, new byte[100]);
                        } else {
                            io.of(socket.namespace()).to(room).emit("wind", i);
                            socket.emit("wind", i);
                        }
                    }
                });
            }
        }

        @OnEvent("volatile")
        void sayVolatile(Socket socket, String text) {
            socket.emitVolatile("said", text);
        }

        @OnEvent("leave-me")
        void leaveMe(Socket socket) {
            socket.disconnect(false);
        }

        @OnEvent("close-me")
        void closeMe(Socket socket) {
            socket.disconnect(true);
        }
    }

    @SocketIoNamespace
    private static final class Root extends Served {
        Root(SocketIo io) {
            super(io);
        }
    }

    @SocketIoNamespace("/custom")
    private static final class Custom extends Served {
        Custom(SocketIo io) {
            super(io);
        }
    }

    @SocketIoNamespace(pattern = "/room-\\d+")
    private static final class Rooms {
        private final SocketIo io;

        Rooms(SocketIo io) {
            this.io = io;
        }

        @OnConnect
        void connected(Socket socket) {
            socket.emit("in", socket.namespace());
        }

        @OnEvent("to-all")
        void toAll(Socket socket, String text) {
            io.of(socket.namespace()).emit("said", text);
        }
    }

    @SocketIoNamespace("/guarded")
    private static final class Guarded {
        record Auth(@Nullable String secret) {}

        @BeforeConnect
        void check(@Nullable Auth auth) throws ConnectRefusedException {
            if (auth == null || !"open".equals(auth.secret)) {
                throw new ConnectRefusedException("Not with that secret", Map.of("code", 7));
            }
        }
    }

    @Bean
    Object root(SocketIo io) {
        return new Root(io);
    }

    @Bean
    Object custom(SocketIo io) {
        return new Custom(io);
    }

    @Bean
    Object rooms(SocketIo io) {
        return new Rooms(io);
    }

    @Bean
    Object guarded() {
        return new Guarded();
    }
}
