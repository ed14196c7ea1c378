package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The wire as the peer sees it: a client's frames to send, and a server's to read. */
final class Wire {
    private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};
    /** A longer payload is only told by its length. */
    private static final int READABLE = 60;

    private Wire() {}

    static byte[] text(String text) {
        return client(Opcode.TEXT, utf8(text));
    }

    static byte[] binary(byte... data) {
        return client(Opcode.BINARY, data);
    }

    static byte[] ping(String payload) {
        return client(Opcode.PING, utf8(payload));
    }

    static byte[] pong(String payload) {
        return client(Opcode.PONG, utf8(payload));
    }

    static byte[] close(int code) {
        return client(Opcode.CLOSE, new CloseStatus(code).payload());
    }

    static byte[] close(int code, String reason) {
        return client(Opcode.CLOSE, new CloseStatus(code, reason).payload());
    }

    static byte[] closeWithoutCode() {
        return client(Opcode.CLOSE, new byte[0]);
    }

    /** A frame that no client may send: 1002. */
    static byte[] violation() {
        return new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** One text frame after the other: {@code 0}, {@code 1}, and so on. */
    static byte[] numberedTexts(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(text(Integer.toString(i)));
        }
        return all.toByteArray();
    }

    private static byte[] client(Opcode opcode, byte[] payload) {
        return masked(bytes(EncodedFrame.of(opcode, payload)));
    }

    /** Makes a client's frame of a server's. */
    static byte[] masked(ByteBuffer frame) {
        ByteBuffer masked = ByteBuffer.allocate(frame.remaining() + KEY.length);
        int header = switch (frame.get(1)) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
        int payload = frame.remaining() - header;
        masked.put(frame.get()).put((byte) (frame.get() | 0x80));
        while (frame.position() < header) {
            masked.put(frame.get());
        }
        masked.put(KEY);
        for (int i = 0; i < payload; i++) {
            masked.put((byte) (frame.get() ^ KEY[i % KEY.length]));
        }
        return masked.array();
    }

    static ByteBuffer bytes(EncodedFrame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.size());
        frame.copyTo(bytes, 0);
        return bytes.flip();
    }

    /**
     * What a server sent, frame by frame: {@code text hello}, {@code binary 00ff}, {@code close 1000 bye}; and {@code cut}
     * for a last one that is not whole.
     */
    static List<String> frames(byte[] sent) {
        List<String> frames = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(sent);
        try {
            while (in.hasRemaining()) {
                frames.add(frame(in));
            }
        } catch (BufferUnderflowException e) {
            frames.add("cut");
        }
        return frames;
    }

    private static String frame(ByteBuffer in) {
        Opcode opcode = Opcode.of(in.get());
        int shortLength = in.get();
        long length = shortLength < 126 ? shortLength : shortLength == 126 ? in.getShort() & 0xFFFF : in.getLong();
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] payload = new byte[(int) length];
        in.get(payload);
        return (opcode.name().toLowerCase(Locale.ROOT) + " " + shown(opcode, payload)).strip();
    }

    private static String shown(Opcode opcode, byte[] payload) {
        if (opcode == Opcode.CLOSE) {
            return payload.length == 0 ? "" : shownStatus(ByteBuffer.wrap(payload));
        }
        if (payload.length > READABLE) {
            return "of " + payload.length;
        }
        return opcode == Opcode.BINARY
                ? HexFormat.of().formatHex(payload)
                : new String(payload, StandardCharsets.UTF_8);
    }

    private static String shownStatus(ByteBuffer payload) {
        return shown(new CloseStatus(
                payload.getShort() & 0xFFFF,
                StandardCharsets.UTF_8.decode(payload).toString()));
    }

    static String shown(CloseStatus status) {
        return (status.code() + " " + status.reason()).strip();
    }

    static String shown(ByteBuffer binary) {
        byte[] bytes = new byte[binary.remaining()];
        binary.get(binary.position(), bytes);
        return shown(Opcode.BINARY, bytes);
    }
}
