package dev.pushwire.connection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the connections of one event loop read into and write from, one after the other: none of them has its own. */
final class LoopBuffers {
    /** As much as one read takes, and with that as much of one connection as a pass looks at. */
    private static final int SIZE = 128 * 1024;

    private final ByteBuffer read = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer readOnlyView = read.asReadOnlyBuffer();
    private final ByteBuffer gather = ByteBuffer.allocateDirect(SIZE);
    private final ReplyBuffer replies = new ReplyBuffer(SIZE);
    private final ReceivedText text = new ReceivedText();

    /** Where every read of this loop goes. */
    ByteBuffer read() {
        return read;
    }

    /** Where waiting frames are gathered for one write. */
    ByteBuffer gather() {
        return gather;
    }

    /** Where a connection's own replies gather while what it sent is handled. */
    ReplyBuffer replies() {
        return replies;
    }

    /** The one text that this loop shows to event loop endpoints. */
    ReceivedText text() {
        return text;
    }

    /** A view of {@code payload} that an endpoint cannot damage; without allocation for one in the read buffer. */
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
