package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** Writes a server's frames (RFC 6455, section 5.2): unmasked, unfragmented, the length in its shortest form. */
public final class FrameWriter {
    private static final int FIN = 0x80;

    private FrameWriter() {}

    /** How many bytes the header of a frame with this payload takes: 2, 4 or 10. */
    public static int headerSize(int payloadLength) {
        return payloadLength < 126 ? 2 : payloadLength <= 0xFFFF ? 4 : 10;
    }

    /** Puts the header; the caller puts the payload behind it. */
    public static void putHeader(ByteBuffer out, Opcode opcode, int payloadLength) {
        out.put((byte) (FIN | opcode.code()));
        if (payloadLength < 126) {
            out.put((byte) payloadLength);
        } else if (payloadLength <= 0xFFFF) {
            out.put((byte) 126).putShort((short) payloadLength);
        } else {
            out.put((byte) 127).putLong(payloadLength);
        }
    }
}
