package dev.pushwire.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that says what a test has it say. By itself it answers only the question for its limits, and Closes. */
final class ScriptedService implements AutoCloseable {
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;

    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

    ScriptedService() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    URI push() {
        return URI.create("ws://localhost:" + listener.getLocalPort() + "/push");
    }

    /** The service's end of the client's next connection. */
    Peer awaitClient() throws InterruptedException {
        return found(peers.poll(30, TimeUnit.SECONDS));
    }

    private static <T> T found(T found) {
        if (found == null) {
            throw new AssertionError("Nothing has come within half a minute");
        }
        return found;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                ServerHandshake.answer(socket);
                Peer peer = new Peer(socket);
                peers.add(peer);
                Thread.ofVirtual().start(peer::read);
            }
        } catch (Exception e) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        peers.forEach(Peer::cut);
    }

    /** One connection. */
    static final class Peer {
        private final Socket socket;
        private final BlockingQueue<JsonNode> commands = new LinkedBlockingQueue<>();
        private boolean isClosing; // guarded by this

        private Peer(Socket socket) {
            this.socket = socket;
        }

        /** The next command. */
        JsonNode awaitCommand(String type) throws InterruptedException {
            JsonNode command = found(commands.poll(30, TimeUnit.SECONDS));
            if (!command.path("type").asString().equals(type)) {
                throw new AssertionError("Instead of " + type + " came " + command);
            }
            return command;
        }

        private void read() {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    int opcode = in.readUnsignedByte() & 0xf;
                    int length = in.readUnsignedByte() & 0x7f;
                    byte[] mask = new byte[4];
                    byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
                    in.readFully(mask);
                    in.readFully(payload);
                    for (int i = 0; i < payload.length; i++) {
                        payload[i] ^= mask[i % 4];
                    }
                    if (opcode == CLOSE) {
                        answerClose(payload);
                        return;
                    }
                    take(JsonMapper.shared().readTree(payload));
                }
            } catch (IOException e) {
                // cut
            }
        }

        private void take(JsonNode command) {
            if (command.path("type").asString().equals("connect")) {
                say("{'type':'connected','id':%d,'limits':{}}"
                        .formatted(command.path("id").asLong()));
            } else {
                commands.add(command);
            }
        }

        /** Sends these objects in one message. They have apostrophes for quotation marks. */
        void say(String... objects) {
            send(TEXT, String.join("\n", objects).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        /** Asks the client to connect again. A connection that is only cut the JDK may not report. */
        synchronized void end() {
            isClosing = true;
            send(CLOSE, new byte[] {1012 >> 8, (byte) 1012});
        }

        private synchronized void answerClose(byte[] payload) {
            if (!isClosing) {
                send(CLOSE, payload);
            }
        }

        private synchronized void send(int opcode, byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(4 + payload.length);
            frame.put((byte) (0x80 | opcode));
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else {
                frame.put((byte) 126).putShort((short) payload.length);
            }
            frame.put(payload);
            try {
                socket.getOutputStream().write(frame.array(), 0, frame.position());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void cut() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
