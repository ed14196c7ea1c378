package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** Bytes ready for the wire; immutable, so that one may wait in the outboxes of many connections. */
public final class EncodedFrame {
    private final byte[] bytes;

    private EncodedFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One unfragmented frame; {@code payload} is copied. */
    public static EncodedFrame of(Opcode opcode, byte[] payload) {
        return of(opcode, ByteBuffer.wrap(payload));
    }

    /** One unfragmented frame around the bytes from position to limit, which are copied and not consumed. */
    public static EncodedFrame of(Opcode opcode, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerSize(length) + length);
        FrameWriter.putHeader(frame, opcode, length);
        frame.put(frame.position(), payload, payload.position(), length);
        return new EncodedFrame(frame.array());
    }

    /** What a socket did not take of frames already encoded: the bytes from position to limit, copied and consumed. */
    public static EncodedFrame rest(ByteBuffer unsent) {
        byte[] bytes = new byte[unsent.remaining()];
        unsent.get(bytes);
        return new EncodedFrame(bytes);
    }

    /** The opcode of the first frame, as {@link Opcode#code}; without meaning for a {@link #rest}. */
    public int opcode() {
        return bytes[0] & 0xF;
    }

    /** In bytes, with the header. */
    public int size() {
        return bytes.length;
    }

    /**
     * Copies what fits.
     *
     * @param from index of the first byte to copy
     * @return how many were copied
     */
    public int copyTo(ByteBuffer target, int from) {
        int count = Math.min(target.remaining(), bytes.length - from);
        target.put(bytes, from, count);
        return count;
    }
}
