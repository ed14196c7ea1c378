package dev.pushwire.connection;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The byte stream below a connection: non-blocking, and used by its event loop alone. */
public interface Transport {
    /** Reads what is there; 0 for nothing yet, -1 when the peer will send no more. */
    int read(ByteBuffer target) throws IOException;

    /** Writes what the socket takes now; may be nothing. Also sends on what the transport itself {@link #holdsOutput}. */
    int write(ByteBuffer source) throws IOException;

    /** Whether bytes that {@link #write} took are not with the socket yet; those of a TLS record, for instance. */
    default boolean holdsOutput() {
        return false;
    }

    /** Whether there may be input that the socket will not report, having been taken from it before. */
    default boolean mayHoldInput() {
        return false;
    }

    /** What is kept on the heap for bytes that were read or written in part, in bytes. */
    default int heldBytes() {
        return 0;
    }

    /**
     * Looks at deadlines of its own; called a few times a second while the connection is open.
     *
     * @param now as {@link System#nanoTime}
     * @return whether the peer is still there
     */
    default boolean sweep(long now) {
        return true;
    }

    /** Whether the event loop is to report that there is something to read. */
    void wantRead(boolean want);

    /** Whether the event loop is to report that there is room to write. */
    void wantWrite(boolean want);

    /** Tells the peer that nothing more will come, once what was written has arrived. */
    void finishOutput() throws IOException;

    /** Closes both directions at once. */
    void close();

    /** The peer's address as the socket knows it. */
    String remoteAddress();

    /** Whether what is written goes to the peer's socket: a peer that takes it lives. To come for it, as a poll does, answers no ping. */
    default boolean writesToSocket() {
        return true;
    }
}
