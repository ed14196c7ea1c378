package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** Writes a server's frames (RFC 6455, section 5.2): unmasked, unfragmented, the length in its shortest form. */
public final class FrameWriter {
    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;

    private FrameWriter() {}

    /** How many bytes the header of a frame with this payload takes: 2, 4 or 10. */
    public static int headerSize(int payloadLength) {
        return payloadLength < 126 ? 2 : payloadLength <= 0xFFFF ? 4 : 10;
    }

    /** Writes the header; the caller writes the payload after it. */
    public static void putHeader(ByteBuffer out, Opcode opcode, int payloadLength) {
        putHeader(out, FIN | opcode.code(), payloadLength);
    }

    /** Writes the header of a compressed message, which has the "Per-Message Compressed" bit (RFC 7692, section 6). */
    static void putCompressedHeader(ByteBuffer out, Opcode opcode, int payloadLength) {
        putHeader(out, FIN | RSV1 | opcode.code(), payloadLength);
    }

    private static void putHeader(ByteBuffer out, int first, int payloadLength) {
        out.put((byte) first);
        if (payloadLength < 126) {
            out.put((byte) payloadLength);
        } else if (payloadLength <= 0xFFFF) {
            out.put((byte) 126).putShort((short) payloadLength);
        } else {
            out.put((byte) 127).putLong(payloadLength);
        }
    }
}
