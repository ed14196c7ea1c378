package dev.pushwire.tomcat;

import dev.pushwire.connection.SocketTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS after the TLS handshake, which Tomcat did. Records pass through the {@link TlsBuffers} of the event loop. The
 * connection keeps only an incomplete record, and records that the socket did not take.
 */
final class SecureTransport extends SocketTransport {
    private static final Logger log = LoggerFactory.getLogger(SecureTransport.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /**
     * How many updates of its keys a client may make at a time. A client needs one in millions of records, and each
     * costs as much as a hundred small records.
     */
    private static final int MOST_KEY_UPDATES = 32;

    private final SSLEngine engine;
    private final SocketChannel socket;
    private @Nullable ByteBuffer undecrypted;
    private @Nullable ByteBuffer unsent;
    private boolean handedOver = true; // what Tomcat has read may hold whole records
    private boolean outputFinished;
    private byte keyUpdates; // since the last sweep, less those that a sweep has taken off

    SecureTransport(SecureReplyHoldingChannel channel, Selector selector) throws IOException {
        super(channel.getIOChannel(), selector);
        this.engine = channel.getSslEngine();
        this.socket = channel.getIOChannel();
        this.undecrypted = channel.undecrypted();
        this.unsent = channel.unsent();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (outputFinished) {
            return socket.read(target); // what arrives no longer matters, so it is not decrypted
        }
        ByteBuffer in = TlsBuffers.ofThread().in();
        int total = 0;
        boolean more = true;
        while (more && target.remaining() >= in.capacity()) { // so all that is read can be decrypted
            if (engine.isInboundDone()) {
                return total > 0 ? total : -1; // close_notify
            }
            in.clear();
            if (undecrypted != null) {
                in.put(undecrypted.duplicate());
            }
            int count = socket.read(in);
            if (count <= 0 && !handedOver) {
                return total > 0 ? total : count;
            }
            more = !in.hasRemaining();
            handedOver = false;
            total += decrypt(in.flip(), target);
            undecrypted = in.hasRemaining() ? copy(in) : null;
        }
        return total == 0 && engine.isInboundDone() ? -1 : total;
    }

    /** Decrypts the whole records. */
    private int decrypt(ByteBuffer in, ByteBuffer target) throws IOException {
        int before = target.position();
        while (in.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(in, target);
            switch (result.getStatus()) {
                case OK -> answer(result.getHandshakeStatus());
                case BUFFER_UNDERFLOW -> {
                    return target.position() - before;
                }
                case CLOSED -> in.position(in.limit());
                case BUFFER_OVERFLOW -> throw new SSLException("A TLS record is larger than it may be");
            }
        }
        return target.position() - before;
    }

    /**
     * Continues a handshake that the client has begun again. Under TLS 1.3 that is an update of the client's keys (RFC
     * 8446, section 4.6.3). Under TLS 1.2 it is a renegotiation, which costs as much as a connection, and is refused.
     */
    private void answer(HandshakeStatus status) throws IOException {
        HandshakeStatus next = status;
        while (next == HandshakeStatus.NEED_TASK || next == HandshakeStatus.NEED_WRAP) {
            if (engine.isInboundDone()) {
                return; // the answer would be a close_notify, which comes after what waits
            }
            if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
                throw new SSLException("The client asks for a TLS renegotiation");
            }
            if (++keyUpdates > MOST_KEY_UPDATES) {
                throw new SSLException("The client updates its keys again and again");
            }
            if (next == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else {
                keep(encrypt(NOTHING.duplicate()));
            }
            next = engine.getHandshakeStatus();
        }
    }

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int before = source.remaining();
        while (sendUnsent() && source.hasRemaining()) {
            ByteBuffer out = encrypt(source);
            socket.write(out);
            keep(out);
        }
        return before - source.remaining();
    }

    /** As many records as there is room for. */
    private ByteBuffer encrypt(ByteBuffer source) throws IOException {
        ByteBuffer out = TlsBuffers.ofThread().out();
        do {
            SSLEngineResult result = engine.wrap(source, out);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new SSLException("TLS cannot send: " + result.getStatus());
            }
        } while (source.hasRemaining() && out.remaining() >= TlsBuffers.RECORD);
        return out.flip();
    }

    /** Keeps records that the socket has not taken, after those that wait already. */
    private void keep(ByteBuffer records) {
        if (!records.hasRemaining()) {
            return;
        }
        ByteBuffer before = unsent == null ? NOTHING : unsent;
        unsent = ByteBuffer.allocate(before.remaining() + records.remaining())
                .put(before)
                .put(records)
                .flip();
    }

    /** @return whether none waits any more */
    private boolean sendUnsent() throws IOException {
        if (unsent != null) {
            socket.write(unsent);
            if (unsent.hasRemaining()) {
                return false;
            }
            unsent = null;
        }
        return true;
    }

    /** Some time has passed, which allows one more update of the keys. */
    @Override
    public boolean sweep(long now) {
        if (keyUpdates > 0) {
            keyUpdates--;
        }
        return true;
    }

    @Override
    public boolean holdsOutput() {
        return unsent != null;
    }

    @Override
    public boolean mayHoldInput() {
        return handedOver;
    }

    @Override
    public int heldBytes() {
        return sizeOf(undecrypted) + sizeOf(unsent);
    }

    private static int sizeOf(@Nullable ByteBuffer buffer) {
        return buffer == null ? 0 : buffer.capacity();
    }

    private static ByteBuffer copy(ByteBuffer in) {
        return ByteBuffer.allocate(in.remaining()).put(in).flip();
    }

    /** Sends close_notify before the end of the stream, so that the peer knows that nothing was cut off. */
    @Override
    public void finishOutput() throws IOException {
        sayClosed();
        outputFinished = true;
        undecrypted = null;
        super.finishOutput();
    }

    private void sayClosed() throws IOException {
        engine.closeOutbound();
        ByteBuffer out = TlsBuffers.ofThread().out();
        while (!engine.isOutboundDone() && engine.wrap(NOTHING.duplicate(), out).bytesProduced() > 0) {}
        keep(out.flip());
        if (!sendUnsent()) {
            throw new IOException("The socket does not take a close_notify");
        }
    }

    @Override
    public void close() {
        try {
            if (!outputFinished) {
                sayClosed();
            }
        } catch (IOException e) {
            log.debug("A TLS connection was closed without close_notify", e);
        } finally {
            super.close();
        }
    }
}
