package dev.pushwire.bench.ways;

import java.io.IOException;

/** A client of Socket.IO 5 over a WebSocket, which joins the room {@code bench} and gets what is said there. */
public final class SocketIo {
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final String SAID = "42[\"said\",\"";

    private SocketIo() {}

    /** A client. */
    public static Client client() {
        return (wire, inbox) -> {
            WebSocket socket = connect(wire);
            socket.send("420[\"join\",\"bench\"]");
            while (true) {
                String packet = socket.next();
                if (packet.startsWith(SAID)) {
                    inbox.received(packet, SAID.length());
                } else if (packet.equals("2")) {
                    socket.send("3");
                }
            }
        };
    }

    /** What says something in the room. */
    public static Sending sending() {
        return wire -> {
            WebSocket socket = connect(wire);
            Thread.ofVirtual().start(() -> answerPings(socket));
            return message -> socket.send("42[\"say\",\"bench\",\"" + message + "\"]");
        };
    }

    private static WebSocket connect(Wire wire) throws IOException {
        WebSocket socket = WebSocket.open(wire, PATH, false);
        socket.send("40");
        for (String packet = socket.next(); !packet.startsWith("40"); packet = socket.next()) {
            if (!packet.startsWith("0")) {
                throw new IOException("Instead of a namespace: " + packet);
            }
        }
        return socket;
    }

    private static void answerPings(WebSocket socket) {
        try {
            while (true) {
                if (socket.next().equals("2")) {
                    socket.send("3");
                }
            }
        } catch (IOException e) {
            // it is over
        }
    }
}
