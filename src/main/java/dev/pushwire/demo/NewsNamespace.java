package dev.pushwire.demo;

import dev.pushwire.socketio.Arguments;
import dev.pushwire.socketio.OnConnect;
import dev.pushwire.socketio.OnEvent;
import dev.pushwire.socketio.Socket;
import dev.pushwire.socketio.SocketIo;
import dev.pushwire.socketio.SocketIoNamespace;
import java.util.Map;

/** The server side of the oldest tutorial of Socket.IO, with an echo and rooms. */
@SocketIoNamespace
public final class NewsNamespace {
    private final SocketIo io;

    public NewsNamespace(SocketIo io) {
        this.io = io;
    }

    @OnConnect
    void connected(Socket socket) {
        socket.emit("news", Map.of("hello", "world"));
    }

    /** Takes the event, whatever its arguments. */
    @OnEvent("anotherNews")
    void anotherNews(Arguments news) {}

    @OnEvent("echo")
    Arguments echo(Arguments arguments) {
        return arguments;
    }

    @OnEvent("join")
    String join(Socket socket, String room) {
        socket.join(room);
        return room;
    }

    @OnEvent("say")
    void say(String room, String text) {
        io.to(room).emit("said", text);
    }
}
