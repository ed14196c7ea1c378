package dev.pushwire.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A client's frames, as literal hex or made of their parts; and other bytes. */
final class Frames {
    /** The masking key of the examples in RFC 6455, section 5.7. */
    static final int KEY = 0x37fa213d;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int MASKED = 0x80;

    private Frames() {}

    /** Reads hex digits; white space between them is for the eye. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes from position to limit, which stay where they are. */
    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return hex(copy);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As many bytes of {@code x}, also good as a text. */
    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** A frame with FIN: a whole message, a control frame, or the last fragment. */
    static byte[] last(Opcode opcode, byte[] payload) {
        return frame(FIN | opcode.code(), payload, KEY);
    }

    /** A frame without FIN. */
    static byte[] fragment(Opcode opcode, byte[] payload) {
        return frame(opcode.code(), payload, KEY);
    }

    /** A frame with FIN and RSV1: a whole compressed message. */
    static byte[] compressed(Opcode opcode, byte[] deflated) {
        return frame(FIN | RSV1 | opcode.code(), deflated, KEY);
    }

    /** A frame with RSV1 and without FIN: the first fragment of a compressed message. */
    static byte[] compressedFragment(Opcode opcode, byte[] deflated) {
        return frame(RSV1 | opcode.code(), deflated, KEY);
    }

    /** A masked frame, its length in the shortest form. */
    static byte[] frame(int firstOctet, byte[] payload, int key) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) firstOctet);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 0x1_0000) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.putInt(key).put(masked(payload, key));
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** All bytes of a frame that the server sends. */
    static byte[] content(EncodedFrame frame) {
        ByteBuffer content = ByteBuffer.allocate(frame.size());
        frame.copyTo(content, 0);
        return content.array();
    }

    /** The bytes after its header. */
    static byte[] payload(EncodedFrame frame) {
        byte[] content = content(frame);
        int header = switch (content[1]) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
        return Arrays.copyOfRange(content, header, content.length);
    }

    /** RFC 6455, section 5.3, word for word: octet i XOR octet i modulo 4 of the key. */
    static byte[] masked(byte[] payload, int key) {
        byte[] keyOctets = ByteBuffer.allocate(4).putInt(key).array();
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ keyOctets[i % 4]);
        }
        return masked;
    }
}
