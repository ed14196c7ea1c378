package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** A client's bytes in the buffer of a read. They are restored each time, since reading changes them. */
final class Received {
    private static final int KEY = 0x37A9_5CE1;
    private static final String ASCII = "The quick brown fox jumps over the lazy dog, 0123456789 times. ";
    private static final String MIXED = "Zwölf große Boxkämpfer jagen Viktor – für 100 € quer über den Deich 🦊. ";

    private final ByteBuffer sent;
    private final ByteBuffer buffer;

    private Received(ByteBuffer sent) {
        this.sent = sent.flip();
        this.buffer = ByteBuffer.allocateDirect(sent.limit());
    }

    /** Text without any frame around it, masked. */
    static Received payload(int size, boolean ascii) {
        ByteBuffer sent = ByteBuffer.allocate(size);
        putMasked(sent, text(size, ascii));
        return new Received(sent);
    }

    /** This many text frames, one after the other. */
    static Received frames(int count, int size) {
        ByteBuffer sent = ByteBuffer.allocate(count * (14 + size));
        byte[] text = text(size, true);
        for (int i = 0; i < count; i++) {
            sent.put((byte) 0x81);
            if (size < 126) {
                sent.put((byte) (0x80 | size));
            } else {
                sent.put((byte) (0x80 | 126)).putShort((short) size);
            }
            sent.putInt(KEY);
            putMasked(sent, text);
        }
        return new Received(sent);
    }

    private static byte[] text(int size, boolean ascii) {
        byte[] text = (ascii ? ASCII : MIXED).repeat(size / 32 + 1).getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(text, size);
        for (int i = size - 1; i >= 0 && cut[i] < 0; i--) {
            cut[i] = '.'; // a character that the end would cut in two
        }
        return cut;
    }

    private static void putMasked(ByteBuffer sent, byte[] payload) {
        for (int i = 0; i < payload.length; i++) {
            sent.put((byte) (payload[i] ^ (KEY >>> (24 - 8 * (i % 4)))));
        }
    }

    static int key() {
        return KEY;
    }

    /** The buffer as the read leaves it. */
    ByteBuffer read() {
        buffer.clear();
        buffer.put(0, sent, 0, sent.limit());
        return buffer;
    }

    /** A reply's payload. */
    static ByteBuffer direct(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return ByteBuffer.allocateDirect(size).put(noise).flip();
    }
}
