package dev.pushwire.connection;

import dev.pushwire.endpoint.Handshake;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket on its way to its event loop, where it becomes a connection. If it does not, for whatever reason, the socket
 * is closed, and its place and its lease are given back, once.
 */
final class Opening {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);

    private final EventLoop loop;
    private final Closeable socket;
    private final LoopTransport.Factory transports;
    private final EndpointBinding binding;
    private final HandshakeInfo peer;
    private final Handshake handshake;
    private final ByteBuffer reply;
    private final ByteBuffer early;
    private final AtomicBoolean decided = new AtomicBoolean(); // true once it becomes a connection, or is given up

    /** See {@link EventLoopGroup#open} for the parameters. */
    Opening(
            EventLoop loop,
            Closeable socket,
            LoopTransport.Factory transports,
            EndpointBinding binding,
            HandshakeInfo peer,
            Handshake handshake,
            ByteBuffer reply,
            ByteBuffer early) {
        this.loop = loop;
        this.socket = socket;
        this.transports = transports;
        this.binding = binding;
        this.peer = peer;
        this.handshake = handshake;
        this.reply = reply;
        this.early = early;
    }

    /** On the loop: opens the connection; null if there is none. */
    @Nullable
    Connection open() {
        if (!decided.compareAndSet(false, true)) {
            return null;
        }
        Connection connection;
        try {
            LoopTransport transport = transports.register(loop.selector());
            connection = new Connection(loop, transport, binding, peer);
            transport.reportTo(connection);
        } catch (Throwable t) {
            giveBack(t);
            return null;
        }
        connection.open(handshake, reply, early);
        return connection;
    }

    /**
     * Gives up the socket before it comes to the loop. Any thread may call it.
     *
     * @param why null if there is no loop any more
     */
    void giveUp(@Nullable Throwable why) {
        if (decided.compareAndSet(false, true)) {
            giveBack(why);
        }
    }

    /** Closes the socket, and with it its key, which has no connection to report to. */
    private void giveBack(@Nullable Throwable why) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("Closing a socket failed", e);
        } finally {
            binding.registry().leave();
            ConnectionSession.release(peer.lease());
        }
        if (why instanceof Error) {
            log.error("A connection could not be opened", why);
        } else if (why != null) {
            log.debug("A connection was gone before it opened", why);
        }
    }
}
