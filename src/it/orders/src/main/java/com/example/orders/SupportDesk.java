package com.example.orders;

import dev.pushwire.socketio.BeforeConnect;
import dev.pushwire.socketio.ConnectRefusedException;
import dev.pushwire.socketio.OnConnect;
import dev.pushwire.socketio.OnDisconnecting;
import dev.pushwire.socketio.OnEvent;
import dev.pushwire.socketio.Socket;
import dev.pushwire.socketio.SocketIo;
import dev.pushwire.socketio.SocketIoNamespace;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

@Component
@SocketIoNamespace("/support")
class SupportDesk {
    record Auth(String name) {}

    record Question(String subject, String text) {}

    private final SocketIo io;
    private final AtomicLong tickets = new AtomicLong();

    SupportDesk(SocketIo io) {
        this.io = io;
    }

    @BeforeConnect
    void check(Socket socket, Auth auth) throws ConnectRefusedException {
        if (auth == null || auth.name() == null) {
            throw new ConnectRefusedException("Say who you are");
        }
        socket.data().put("name", auth.name());
    }

    @OnConnect
    void connected(Socket socket) {
        socket.emit("welcome", socket.data().get("name"));
    }

    @OnEvent("on-duty")
    void onDuty(Socket agent) {
        agent.join("agents");
    }

    @OnEvent("ask")
    long ask(Socket customer, Question question) { // what it returns is the acknowledgement
        long ticket = tickets.incrementAndGet();
        customer.join("ticket-" + ticket);
        io.of("/support").to("agents").emit("asked", ticket, question);
        return ticket;
    }

    @OnDisconnecting
    void leaving(Socket socket) {
        if (socket.rooms().contains("agents")) {
            socket.to("agents").emit("off-duty", socket.data().get("name"));
        }
    }
}
