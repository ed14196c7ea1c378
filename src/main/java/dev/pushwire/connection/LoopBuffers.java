package dev.pushwire.connection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The buffers that the connections of one event loop use one after the other. No connection has its own. */
final class LoopBuffers {
    /** The size of one read, and so how much of one connection a pass looks at. */
    private static final int SIZE = 128 * 1024;

    private final ByteBuffer read = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer readOnlyView = read.asReadOnlyBuffer();
    private final ByteBuffer gather = ByteBuffer.allocateDirect(SIZE);
    private final ReplyBuffer replies = new ReplyBuffer(SIZE);
    private final ReceivedText text = new ReceivedText();

    /** The target of every read on this loop. */
    ByteBuffer read() {
        return read;
    }

    /** Gathers waiting frames for one write. */
    ByteBuffer gather() {
        return gather;
    }

    /** Gathers a connection's own replies while its input is handled. */
    ReplyBuffer replies() {
        return replies;
    }

    /** The text object that this loop passes to all endpoints on the event loop. */
    ReceivedText text() {
        return text;
    }

    /**
     * A view of {@code payload} that an endpoint cannot damage. It needs no allocation if the payload is in the read
     * buffer.
     */
    ByteBuffer readOnly(ByteBuffer payload) {
        if (payload != read) {
            return payload.asReadOnlyBuffer();
        }
        return readOnlyView // an endpoint may have changed its byte order
                .order(ByteOrder.BIG_ENDIAN)
                .limit(payload.limit())
                .position(payload.position());
    }
}
