package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's byte stream apart into frames (RFC 6455, section 5.2): first {@link #readHeader}, then
 * {@link #readPayload} until {@link #remaining} is 0. Bytes may come in any pieces. Only a header that is cut in two is
 * copied; a payload is unmasked in place.
 */
final class FrameReader {
    /** Two octets, a 64-bit length, a masking key. */
    private static final int LONGEST_HEADER = 14;

    private final boolean compression;
    private @Nullable ByteBuffer cutHeader;

    private Opcode opcode = Opcode.CONTINUATION;
    private boolean fin;
    private boolean compressed;
    private long length;
    private long remaining;
    private int key;

    /** @param compression whether permessage-deflate was negotiated */
    FrameReader(boolean compression) {
        this.compression = compression;
    }

    Opcode opcode() {
        return opcode;
    }

    boolean fin() {
        return fin;
    }

    /** Whether the frame begins a compressed message. */
    boolean compressed() {
        return compressed;
    }

    /** The payload length that the header promised, 0 to 2<sup>63</sup>-1. */
    long length() {
        return length;
    }

    /** How much of the payload is still to be read. */
    long remaining() {
        return remaining;
    }

    /**
     * Reads the next frame's header.
     *
     * @return whether it is complete; if not, all of {@code in} was consumed
     * @throws ProtocolException 1002, with the second octet or at the end of the header
     */
    boolean readHeader(ByteBuffer in, boolean withinMessage) {
        if (cutHeader != null) {
            return readRestOfHeader(cutHeader, in, withinMessage);
        }
        int at = in.position();
        if (in.remaining() >= 2) {
            int first = in.get(at);
            int second = in.get(at + 1);
            opcode = FrameRules.check(first, second, withinMessage, compression);
            int size = headerSize(second);
            if (in.remaining() >= size) {
                accept(in, at, first, second);
                in.position(at + size);
                return true;
            }
        }
        if (in.hasRemaining()) {
            cutHeader = ByteBuffer.allocate(LONGEST_HEADER).put(in);
        }
        return false;
    }

    private boolean readRestOfHeader(ByteBuffer header, ByteBuffer in, boolean withinMessage) {
        while (in.hasRemaining()) {
            header.put(in.get());
            if (header.position() == 2) {
                opcode = FrameRules.check(header.get(0), header.get(1), withinMessage, compression);
            } else if (header.position() > 2 && header.position() == headerSize(header.get(1))) {
                cutHeader = null;
                accept(header, 0, header.get(0), header.get(1));
                return true;
            }
        }
        return false;
    }

    private void accept(ByteBuffer header, int at, int first, int second) {
        fin = (first & 0x80) != 0;
        compressed = (first & FrameRules.RSV1) != 0;
        int keyAt = at + headerSize(second) - Integer.BYTES;
        length = switch (second & 0x7F) {
            case 126 -> shortest(header.getShort(at + 2) & 0xFFFF, 126);
            case 127 -> shortest(header.getLong(at + 2), 0x1_0000);
            default -> second & 0x7F;
        };
        remaining = length;
        key = header.getInt(keyAt);
    }

    /**
     * 5.2: "the most significant bit MUST be 0" and "the minimal number of bytes MUST be used to encode the length". A
     * length whose most significant bit is set is negative here, so one comparison finds both.
     */
    private static long shortest(long length, long leastForThisForm) {
        if (length < leastForThisForm) {
            throw ProtocolException.violation("a payload length that is not in its shortest form");
        }
        return length;
    }

    private static int headerSize(int second) {
        int extendedLength = switch (second & 0x7F) {
            case 126 -> Short.BYTES;
            case 127 -> Long.BYTES;
            default -> 0;
        };
        return 2 + extendedLength + Integer.BYTES;
    }

    /**
     * Consumes as much of the frame's payload as {@code in} holds, and unmasks it in place.
     *
     * @return how many bytes these were; they are just before the position of {@code in}
     */
    int readPayload(ByteBuffer in) {
        int count = (int) Math.min(in.remaining(), remaining);
        key = Masking.apply(in, in.position(), count, key);
        in.position(in.position() + count);
        remaining -= count;
        return count;
    }
}
