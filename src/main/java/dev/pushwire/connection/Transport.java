package dev.pushwire.connection;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The byte stream below a connection. It is non-blocking, and only its event loop uses it. */
public interface Transport {
    /**
     * Reads what is there.
     *
     * @return 0 for nothing yet, -1 if the peer will send no more
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes as much as the socket takes now, which may be nothing. It also writes what the transport itself
     * {@link #holdsOutput}.
     */
    int write(ByteBuffer source) throws IOException;

    /** Whether the socket has not taken all bytes that {@link #write} took, those of a TLS record for instance. */
    default boolean holdsOutput() {
        return false;
    }

    /** Whether there may be input that the socket will not report, since it was taken from the socket before. */
    default boolean mayHoldInput() {
        return false;
    }

    /** How much heap is taken by bytes that were read but not decoded, or written in part. */
    default int heldBytes() {
        return 0;
    }

    /**
     * Looks at the transport's own deadlines, a few times a second while the connection is open.
     *
     * @param now the time as {@link System#nanoTime} counts it
     * @return whether the peer is still there
     */
    default boolean sweep(long now) {
        return true;
    }

    /** Sets whether the event loop reports that there is something to read. */
    void wantRead(boolean want);

    /** Sets whether the event loop reports that there is room to write. */
    void wantWrite(boolean want);

    /** Tells the peer that nothing more will come. What was written before arrives first. */
    void finishOutput() throws IOException;

    /** Closes both directions at once. */
    void close();

    /** The peer's IP address as the socket knows it. */
    String remoteAddress();

    /**
     * Whether output goes to the peer's socket, so that a peer that takes it is alive. A poll that collects output
     * answers no ping.
     */
    default boolean writesToSocket() {
        return true;
    }
}
