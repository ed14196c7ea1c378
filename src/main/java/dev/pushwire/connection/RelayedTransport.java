package dev.pushwire.connection;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream that goes out by way of something else, which may take its time and has threads of its own: a response over
 * HTTP/2. One piece is under way at a time, all else waits in the outbox, so a slow peer is noticed as on a socket of ours.
 * Nothing comes in.
 *
 * <p>Belongs to the loop's thread, but for {@link #passed} and {@link #gone}.
 */
public abstract class RelayedTransport extends LoopTransport {
    /** As much as a frame of HTTP/2 holds by default (RFC 9113, section 6.5.2). */
    private static final int PIECE = 16 * 1024;

    private volatile @Nullable Connection connection;
    private volatile boolean isGone;
    private boolean underWay;

    /** Takes a piece, and does not wait for it to be sent: says so by {@link #passed}. */
    protected abstract void pass(byte[] piece);

    /** There are no more pieces: none is under way. Says by {@link #gone} that all is over. */
    protected abstract void finish();

    /** The piece that is on its way was sent; any thread may say so. */
    protected final void passed() {
        Connection to = Objects.requireNonNull(connection);
        to.later(() -> {
            underWay = false;
            to.writable();
        });
    }

    /** The peer will take nothing more; any thread may say so, at any time and any number of times. */
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
