package dev.pushwire.tomcat;

import java.nio.ByteBuffer;

/**
 * The buffers in which all connections of one event loop encrypt and decrypt, one after the other. No connection has
 * its own.
 */
final class TlsBuffers {
    /**
     * The size of the largest record: 2^14 bytes, and what protection adds (RFC 5246, section 6.2.3; RFC 8446, section
     * 5.2, allows less).
     */
    static final int RECORD = 5 + 16 * 1024 + 2048;

    /** How many records fit. Records that the socket does not take wait on the heap, so there are not too many. */
    private static final int RECORDS = 4;

    private static final ThreadLocal<TlsBuffers> OF_THREAD = ThreadLocal.withInitial(TlsBuffers::new);

    private final ByteBuffer in = ByteBuffer.allocate(RECORDS * RECORD);
    private final ByteBuffer out = ByteBuffer.allocate(RECORDS * RECORD);

    private TlsBuffers() {}

    /** The buffers of the event loop whose thread this is. */
    static TlsBuffers ofThread() {
        return OF_THREAD.get();
    }

    /** The empty buffer for records from the socket. */
    ByteBuffer in() {
        return in.clear();
    }

    /** The empty buffer for records to the socket. */
    ByteBuffer out() {
        return out.clear();
    }
}
