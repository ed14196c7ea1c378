package dev.pushwire.connection;

import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.FrameWriter;
import dev.pushwire.protocol.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a connection's replies to the input that it is just handling, without allocation, and sends them in one write
 * when its turn is over. Each event loop has one, and it belongs to the connection whose turn it is.
 */
final class ReplyBuffer {
    private final ByteBuffer buffer;
    private @Nullable Connection owner;

    ReplyBuffer(int size) {
        this.buffer = ByteBuffer.allocateDirect(size);
    }

    void beginTurn(Connection connection) {
        owner = connection;
        buffer.clear();
    }

    void endTurn() {
        owner = null;
    }

    /** The connection whose turn it is; null for none. */
    @Nullable
    Connection owner() {
        return owner;
    }

    boolean belongsTo(Connection connection) {
        return owner == connection;
    }

    /** How many bytes have gathered. */
    int size() {
        return buffer.position();
    }

    /** Forgets what has gathered. */
    void clear() {
        buffer.clear();
    }

    /** @return whether the frame fitted; if not, nothing was put */
    boolean put(Opcode opcode, ByteBuffer payload) {
        int length = payload.remaining();
        if (buffer.remaining() < FrameWriter.headerSize(length) + length) {
            return false;
        }
        FrameWriter.putHeader(buffer, opcode, length);
        int at = buffer.position();
        buffer.put(at, payload, payload.position(), length).position(at + length);
        return true;
    }

    /** @return whether the frame fitted; if not, nothing was put */
    boolean put(EncodedFrame frame) {
        if (buffer.remaining() < frame.size()) {
            return false;
        }
        frame.copyTo(buffer, 0);
        return true;
    }

    /** Takes out what has gathered. */
    EncodedFrame take() {
        EncodedFrame gathered = EncodedFrame.rest(buffer.flip());
        buffer.clear();
        return gathered;
    }

    /**
     * Writes what has gathered.
     *
     * @return the rest that the transport did not take; null for none
     */
    @Nullable
    EncodedFrame write(Transport transport, TrafficCounters counters) throws IOException {
        buffer.flip();
        try {
            if (!buffer.hasRemaining()) {
                return null;
            }
            counters.bytesSent(transport.write(buffer));
            return buffer.hasRemaining() ? EncodedFrame.rest(buffer) : null;
        } finally {
            buffer.clear();
        }
    }
}
