package dev.pushwire.bench.ways;

import dev.pushwire.bench.load.ClientFrame;
import dev.pushwire.bench.ways.Wire.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The client's side of a WebSocket. It takes whole messages, and answers pings. One thread reads, and another may send.
 */
final class WebSocket {
    private static final String KEY = "Sec-WebSocket-Key: cHVzaHdpcmUgYmVuY2htYQ==\r\n";
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
    private static final int LONGEST = 1 << 16;
    /** The bytes that a sender leaves out at the end of a compressed message (RFC 7692, section 7.2.2). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Wire wire;
    private final Inflater inflater = new Inflater(true);
    private final boolean withoutTakeover;

    private WebSocket(Wire wire, boolean withoutTakeover) {
        this.wire = wire;
        this.withoutTakeover = withoutTakeover;
    }

    /** A client that only receives. */
    static Client of(String path, boolean deflate) {
        return (wire, inbox) -> {
            WebSocket socket = open(wire, path, deflate);
            while (true) {
                inbox.received(socket.next(), 0);
            }
        };
    }

    /** A client of {@code /push}, subscribed to the topic {@code bench}. */
    static Client ofPush() {
        return (wire, inbox) -> {
            WebSocket socket = open(wire, "/push", false);
            socket.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"bench\"}");
            while (true) {
                inbox.receivedAll(socket.next(), "\"data\":\"");
            }
        };
    }

    static WebSocket open(Wire wire, String path, boolean deflate) throws IOException {
        wire.request(
                "GET",
                path,
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + KEY
                        + (deflate ? OFFER : ""),
                "");
        Answer answer = wire.readHead();
        String extensions = answer.header("sec-websocket-extensions");
        if (answer.status() != 101 || extensions.isEmpty() == deflate) {
            throw new IOException("The handshake was answered " + answer);
        }
        return new WebSocket(wire, extensions.contains("server_no_context_takeover"));
    }

    synchronized void send(String text) throws IOException {
        frame(0x1, text.getBytes(StandardCharsets.UTF_8));
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        wire.send(ClientFrame.of(opcode, payload));
    }

    /** The next message, which is text and one frame. */
    String next() throws IOException {
        while (true) {
            int first = wire.octet();
            int length = wire.octet();
            if (length == 126) {
                length = wire.octet() << 8 | wire.octet();
            } else if (length > 126) {
                throw new IOException("A frame that is masked, or too long");
            }
            byte[] payload = wire.read(length);
            switch (first & 0x0F) {
                case 0x1 -> {
                    return (first & 0x40) == 0 ? new String(payload, StandardCharsets.UTF_8) : inflate(payload);
                }
                case 0x9 -> frame(0xA, payload);
                case 0xA -> {}
                default -> throw new IOException("A frame that nobody expects: " + first);
            }
        }
    }

    private String inflate(byte[] payload) throws IOException {
        byte[] out = new byte[LONGEST];
        try {
            inflater.setInput(payload);
            int length = inflater.inflate(out);
            inflater.setInput(TAIL);
            length += inflater.inflate(out, length, out.length - length);
            if (withoutTakeover) {
                inflater.reset();
            }
            return new String(out, 0, length, StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IOException(e);
        }
    }
}
