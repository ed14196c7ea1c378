package dev.pushwire.bench.load;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * The messages of a load, numbered from 0: what to send for each, and what must come back. Frames are made in advance,
 * all masked with one key, so sending only copies them.
 *
 * <p>Each payload begins with eight octets that spell a number. Uncompressed messages get their own number there when
 * they are sent. Compressed ones cannot be changed, so a few of them take turns, each with its place as its number.
 */
final class Messages {
    /** Octets of a number: five bits in each, so that it is plain ASCII, and the same inside a JSON string. */
    private static final int STAMP = Long.BYTES;

    private static final ValueLayout.OfLong OCTETS = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final long FIVE_BITS = 0x1F1F_1F1F_1F1F_1F1FL;
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    /** Any key without an octet of 0, so that a server cannot skip the unmasking. */
    private static final long MASK = 0x37A9_5CE1_37A9_5CE1L;

    /** Enough that a server which keeps its compression window finds no message whole within those 32 KiB. */
    private static final int COMPRESSED_IN_TURN = 64;

    private final boolean stamped;
    private final int size;
    private final byte[][] frames;
    private final int[] payloadAt;
    private final byte[][] plain;
    private final MemorySegment[] plainSegments;

    private Messages(boolean stamped, byte[][] plain, byte[][] payloads, int firstOctet, int plainAt) {
        this.stamped = stamped;
        this.size = plain[0].length;
        this.plain = plain;
        this.frames = new byte[plain.length][];
        this.payloadAt = new int[plain.length];
        this.plainSegments = new MemorySegment[plain.length];
        for (int i = 0; i < plain.length; i++) {
            frames[i] = frame(firstOctet, payloads[i]);
            payloadAt[i] = frames[i].length - payloads[i].length + plainAt;
            plainSegments[i] = MemorySegment.ofArray(plain[i]);
        }
    }

    /** Messages that are sent uncompressed. */
    static Messages plain(int size, boolean binary) {
        byte[][] payload = {binary ? Payloads.noise(size) : Payloads.text(size, 0)};
        return new Messages(true, payload, payload, 0x80 | (binary ? 0x2 : 0x1), 0);
    }

    /** Messages that are published, each by a command. */
    static Messages enveloped(int size) {
        byte[][] plain = {Payloads.word(size)};
        byte[][] payload = {
            ByteBuffer.allocate(Envelopes.BEFORE.length + size + Envelopes.AFTER.length)
                    .put(Envelopes.BEFORE)
                    .put(plain[0])
                    .put(Envelopes.AFTER)
                    .array()
        };
        return new Messages(true, plain, payload, 0x80 | 0x1, Envelopes.BEFORE.length);
    }

    /** Messages that are compressed independently, so a server may keep its window or not. */
    static Messages compressed(int size) {
        byte[][] plain = new byte[COMPRESSED_IN_TURN][];
        byte[][] payloads = new byte[COMPRESSED_IN_TURN][];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = Payloads.text(size, i);
            ByteBuffer.wrap(plain[i]).putLong(0, stamp(i));
            payloads[i] = deflate(plain[i]);
        }
        return new Messages(false, plain, payloads, 0x80 | 0x40 | 0x1, 0);
    }

    /** RFC 7692, section 7.2.1: a flush ends the message, and its last four octets (00 00 FF FF) are not sent. */
    private static byte[] deflate(byte[] plain) {
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(plain);
            byte[] out = new byte[plain.length + 64];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - 4);
        }
    }

    private static byte[] frame(int firstOctet, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) firstOctet);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt((int) (MASK >>> 32));
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ octet(MASK, i % Long.BYTES)));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** Bytes of each payload before compression. */
    int size() {
        return size;
    }

    /** A message's place among those that take turns. */
    int place(long number) {
        return (int) (number % frames.length);
    }

    /** Bytes of a message's frame. */
    int frameLength(long number) {
        return frames[place(number)].length;
    }

    /** Puts as much of a message's frame as fits, from byte {@code from} on. */
    void put(long number, int from, ByteBuffer out) {
        int place = place(number);
        byte[] frame = frames[place];
        int at = out.position();
        int count = Math.min(frame.length - from, out.remaining());
        out.put(frame, from, count);
        if (stamped) {
            putStamp(number, at + payloadAt[place] - from, at, at + count, out);
        }
    }

    /** Puts a message's number at {@code stampAt}, as far as it is between {@code begin} and {@code end}. */
    private static void putStamp(long number, int stampAt, int begin, int end, ByteBuffer out) {
        long masked = stamp(number) ^ MASK;
        if (stampAt >= begin && stampAt + STAMP <= end) {
            out.putLong(stampAt, masked);
            return;
        }
        for (int i = 0; i < STAMP; i++) {
            if (stampAt + i >= begin && stampAt + i < end) {
                out.put(stampAt + i, octet(masked, i));
            }
        }
    }

    /**
     * Whether a part of an uncompressed answer is right.
     *
     * @param at where it begins in {@code received}
     * @param offset where it begins in the message
     */
    boolean matches(long number, MemorySegment received, long at, int count, long offset) {
        if (offset + count > size) {
            return false;
        }
        int place = place(number);
        int ofStamp = stamped ? (int) Math.min(Math.max(0, STAMP - offset), count) : 0;
        return stampMatches(number, received, at, ofStamp, (int) offset)
                && MemorySegment.mismatch(
                                received,
                                at + ofStamp,
                                at + count,
                                plainSegments[place],
                                offset + ofStamp,
                                offset + count)
                        < 0;
    }

    private static boolean stampMatches(long number, MemorySegment received, long at, int count, int offset) {
        if (count == STAMP) {
            return received.get(OCTETS, at) == stamp(number);
        }
        for (int i = 0; i < count; i++) {
            if (received.get(ValueLayout.JAVA_BYTE, at + i) != octet(stamp(number), offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a whole uncompressed answer, somewhere in an array, is right. */
    boolean matches(long number, byte[] received, int at) {
        return ByteBuffer.wrap(received).getLong(at) == stamp(number)
                && Arrays.equals(received, at + STAMP, at + size, plain[0], STAMP, size);
    }

    /** Whether a whole answer that was compressed is right. */
    boolean matchesInflated(long number, byte[] received, int length) {
        byte[] expected = plain[place(number)];
        return Arrays.equals(received, 0, length, expected, 0, expected.length);
    }

    /** The number that a payload begins with. */
    static long number(ByteBuffer payload, int at) {
        return Long.compress(payload.getLong(at) - ZEROS, FIVE_BITS);
    }

    private static long stamp(long number) {
        return Long.expand(number, FIVE_BITS) + ZEROS;
    }

    private static byte octet(long word, int index) {
        return (byte) (word >>> (56 - 8 * index));
    }
}
