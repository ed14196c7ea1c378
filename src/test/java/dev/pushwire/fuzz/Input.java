package dev.pushwire.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes that the fuzzer made up: numbers first, where a test needs some, and then the rest. Zeros follow the end. */
final class Input {
    private final byte[] bytes;
    private int at;

    Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** From 0 to {@code end - 1}, out of one byte. */
    int number(int end) {
        return at < bytes.length ? (bytes[at++] & 0xFF) % end : 0;
    }

    byte[] rest() {
        return rest(Integer.MAX_VALUE);
    }

    byte[] rest(int most) {
        return Arrays.copyOfRange(bytes, at, at + Math.min(most, bytes.length - at));
    }

    /** A frame as a client sends it, with a masking key of zeros; at most 65,535 bytes of payload. */
    static byte[] frame(int firstOctet, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) firstOctet);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }
}
