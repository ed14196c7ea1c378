package dev.pushwire.connection;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream that goes out through another component, which may take its time and has threads of its own: a response
 * over HTTP/2. One piece is under way at a time, and all else waits in the outbox. So a slow peer is noticed as on a
 * socket. Nothing comes in.
 *
 * <p>Belongs to the loop's thread, except {@link #passed} and {@link #gone}.
 */
public abstract class RelayedTransport extends LoopTransport {
    /** The size of a frame of HTTP/2 by default (RFC 9113, section 6.5.2). */
    private static final int PIECE = 16 * 1024;

    private volatile @Nullable Connection connection;
    private volatile boolean isGone;
    private boolean underWay;

    /** Takes a piece, and does not wait until it is sent. Calls {@link #passed} then. */
    protected abstract void pass(byte[] piece);

    /** No more pieces come, and none is under way. Calls {@link #gone} when all is over. */
    protected abstract void finish();

    /** The piece that was on its way is sent. Any thread may call it. */
    protected final void passed() {
        Connection to = Objects.requireNonNull(connection);
        to.later(() -> {
            underWay = false;
            to.writable();
        });
    }

    /** The peer will take nothing more. Any thread may call it, at any time and any number of times. */
    protected final void gone() {
        isGone = true;
        Connection to = connection;
        if (to != null) {
            to.later(to::inputEnded);
        }
    }

    @Override
    void reportTo(Connection toTell) {
        connection = toTell;
        if (isGone) {
            toTell.later(toTell::inputEnded);
        }
    }

    @Override
    public final int read(ByteBuffer target) {
        return 0;
    }

    @Override
    public final int write(ByteBuffer source) {
        if (underWay || !source.hasRemaining()) {
            return 0;
        }
        byte[] piece = new byte[Math.min(PIECE, source.remaining())];
        source.get(piece);
        underWay = true;
        pass(piece);
        return piece.length;
    }

    @Override
    public final boolean holdsOutput() {
        return underWay;
    }

    @Override
    public final void wantRead(boolean want) {}

    @Override
    public final void wantWrite(boolean want) {}

    @Override
    public final void finishOutput() {
        finish();
    }
}
