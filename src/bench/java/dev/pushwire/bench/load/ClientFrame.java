package dev.pushwire.bench.load;

import java.nio.ByteBuffer;

/** A client's frame. It is masked with zeros, which do not change the payload. */
public final class ClientFrame {
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;

    private ClientFrame() {}

    /** @param payload the payload, of less than 64 KiB */
    public static byte[] of(int opcode, byte[] payload) {
        boolean isShort = payload.length < 126;
        ByteBuffer frame =
                ByteBuffer.allocate((isShort ? 6 : 8) + payload.length).put((byte) (FIN | opcode));
        if (isShort) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        return frame.putInt(0).put(payload).array();
    }
}
