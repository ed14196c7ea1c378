package dev.pushwire.service;

import dev.pushwire.protocol.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a client's frames, right ones and wrong ones. */
public final class ClientFrames {
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] KEY = hex("37 fa 21 3d");

    private ClientFrames() {}

    /** Reads hex digits; white space between them is for the eye. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] text(String text) {
        return frame(FIN | Opcode.TEXT.code(), utf8(text));
    }

    public static byte[] binary(byte[] payload) {
        return frame(FIN | Opcode.BINARY.code(), payload);
    }

    public static byte[] ping(String payload) {
        return frame(FIN | Opcode.PING.code(), utf8(payload));
    }

    public static byte[] pong(String payload) {
        return frame(FIN | Opcode.PONG.code(), utf8(payload));
    }

    public static byte[] close(int code, String reason) {
        byte[] utf8 = utf8(reason);
        return close(ByteBuffer.allocate(2 + utf8.length)
                .putShort((short) code)
                .put(utf8)
                .array());
    }

    public static byte[] close(byte[] payload) {
        return frame(FIN | Opcode.CLOSE.code(), payload);
    }

    /** The first fragment, or one in the middle, of a message in several frames. */
    public static byte[] fragment(Opcode opcode, String payload) {
        return frame(opcode.code(), utf8(payload));
    }

    public static byte[] lastFragment(String payload) {
        return frame(FIN | Opcode.CONTINUATION.code(), utf8(payload));
    }

    /** A masked frame, its length in the shortest form. */
    public static byte[] frame(int firstOctet, byte[] payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= KEY[i % 4];
        }
        return concat(header(firstOctet, payload.length), masked);
    }

    /** The beginning of a masked frame: everything before its payload. */
    public static byte[] header(int firstOctet, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) firstOctet);
        if (length < 126) {
            header.put((byte) (MASKED | length));
        } else if (length < 0x1_0000) {
            header.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            header.put((byte) (MASKED | 127)).putLong(length);
        }
        header.put(KEY);
        return Arrays.copyOf(header.array(), header.position());
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
