package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Client-to-server masking (RFC 6455, section 5.3). */
final class Masking {
    private Masking() {}

    /**
     * Unmasks {@code count} bytes of {@code buffer} in place, from absolute index {@code from}. Position and limit
     * stay.
     *
     * @param buffer big-endian
     * @param key the masking key, rotated so that its most significant byte is the one for the first byte here
     * @return the key rotated for the byte that follows
     */
    static int apply(ByteBuffer buffer, int from, int count, int key) {
        assert buffer.order() == ByteOrder.BIG_ENDIAN;
        if (key == 0) {
            return 0; // a key of zeros changes nothing
        }
        long wide = ((long) key << 32) | (key & 0xFFFF_FFFFL);
        int end = from + count;
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            buffer.putLong(i, buffer.getLong(i) ^ wide);
        }
        int rotated = key;
        for (; i < end; i++) {
            rotated = Integer.rotateLeft(rotated, 8);
            buffer.put(i, (byte) (buffer.get(i) ^ rotated)); // the byte just rotated into the lowest place
        }
        return rotated;
    }
}
