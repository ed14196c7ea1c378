package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses messages (RFC 7692, section 7.2.1). Without context takeover, one deflater serves any number of
 * connections, one message after the other. Not thread-safe. Holds native memory until it is closed.
 *
 * <p>The JDK's deflater always has a window of 32 KiB. A smaller one is kept by a fresh start whenever as much as the
 * window has been compressed: no reference can then reach further back. That costs some of the compression, and needs
 * no other library.
 */
public final class MessageDeflater implements AutoCloseable {
    /** Each message ends with these four bytes, which are left off. */
    private static final int TAIL = 4;

    private final Deflater deflater;
    private byte[] output = new byte[16 * 1024];
    private int size;

    /**
     * Takes native memory.
     *
     * @param level 1 (fastest) to 9 (smallest)
     */
    public MessageDeflater(int level) {
        this.deflater = new Deflater(level, true);
    }

    /**
     * Compresses one message.
     *
     * @param payload from position to limit, not empty; not consumed
     * @param windowBits how far back a reference may reach, as the base-2 logarithm: 8–15
     * @param takeover whether the next message may refer to this one; it then must be sent to the same peer
     * @return one frame, with RSV1 set (section 6)
     */
    public EncodedFrame deflate(Opcode type, ByteBuffer payload, int windowBits, boolean takeover) {
        size = 0;
        int window = 1 << windowBits;
        boolean whole = windowBits == DeflateParameters.LARGEST_WINDOW;
        ByteBuffer rest = payload.duplicate();
        boolean sent = false;
        try {
            while (rest.hasRemaining()) {
                int length = whole ? rest.remaining() : Math.min(window, rest.remaining());
                deflater.setInput(rest.slice(rest.position(), length));
                rest.position(rest.position() + length);
                drain(whole ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH);
            }
            EncodedFrame frame = EncodedFrame.compressed(type, output, size - TAIL);
            sent = true;
            return frame;
        } finally {
            if (!takeover || !sent) { // if memory ran out, no part of it may turn up in another peer's message
                deflater.reset();
            }
        }
    }

    /** Forgets earlier messages, so that the next message refers to none of them. */
    public void forget() {
        deflater.reset();
    }

    private void drain(int flush) {
        while (true) {
            if (size == output.length) {
                output = Arrays.copyOf(output, 2 * output.length);
            }
            int room = output.length - size;
            int count = deflater.deflate(output, size, room, flush);
            size += count;
            if (count < room) {
                return;
            }
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
