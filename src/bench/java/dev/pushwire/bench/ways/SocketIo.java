package dev.pushwire.bench.ways;

import java.io.IOException;

/** Clients of Socket.IO 5 over a WebSocket. */
public final class SocketIo {
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final String SAID = "42[\"said\",\"";
    private static final String PUBLICATION = "42/topics,[\"publication\",";
    private static final String DATA = "\"data\":\"";

    private SocketIo() {}

    /** A client in two rooms, which gets the messages of {@code bench}. */
    public static Client client() {
        return (wire, inbox) -> {
            WebSocket socket = connect(wire);
            socket.send("420[\"join\",\"bench\"]");
            socket.send("421[\"join\",\"other\"]");
            while (true) {
                String packet = next(socket);
                if (packet.startsWith(SAID)) {
                    inbox.received(packet, SAID.length());
                }
            }
        };
    }

    /** A client that is subscribed to the topic {@code bench}, in the namespace for topics. */
    public static Client topicsClient() {
        return (wire, inbox) -> {
            WebSocket socket = connect(wire, "40/topics,");
            socket.send("42/topics,0[\"subscribe\",\"bench\"]");
            while (true) {
                String packet = next(socket);
                if (packet.startsWith(PUBLICATION)) {
                    inbox.received(packet, packet.indexOf(DATA) + DATA.length());
                }
            }
        };
    }

    /** Publishes to the room. */
    public static Sending sending() {
        return wire -> {
            WebSocket socket = connect(wire);
            Thread.ofVirtual().start(() -> answerPings(socket));
            return message -> socket.send("42[\"say\",\"bench\",\"" + message + "\"]");
        };
    }

    /** Connects to the namespace {@code /}. */
    static WebSocket connect(Wire wire) throws IOException {
        return connect(wire, "40");
    }

    /** @param packet the packet that asks for a namespace */
    private static WebSocket connect(Wire wire, String packet) throws IOException {
        WebSocket socket = WebSocket.open(wire, PATH, false);
        String opening = socket.next(); // netty-socketio ends a connection that sends anything before this
        socket.send(packet);
        String answer = next(socket);
        if (!opening.startsWith("0{") || !answer.startsWith(packet + "{")) {
            throw new IOException("Instead of a namespace: " + opening + " " + answer);
        }
        return socket;
    }

    /** The next packet. Answers pings, and skips the news with which Pushwire's namespace begins. */
    static String next(WebSocket socket) throws IOException {
        while (true) {
            String packet = socket.next();
            if (packet.equals("2")) {
                socket.send("3");
            } else if (!packet.startsWith("42[\"news\"")) {
                return packet;
            }
        }
    }

    private static void answerPings(WebSocket socket) {
        try {
            while (true) {
                String _ = next(socket);
            }
        } catch (IOException e) {
            // the connection is over
        }
    }
}
