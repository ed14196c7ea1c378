package dev.pushwire.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLException;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** A {@link ReplyHoldingChannel} under TLS. */
final class SecureReplyHoldingChannel extends SecureNioChannel implements HijackableChannel {
    private final RequestClock clock = new RequestClock();
    private boolean taken; // never reset, since its socket is gone

    SecureReplyHoldingChannel(SocketBufferHandler buffers, NioEndpoint endpoint) {
        super(buffers, endpoint);
    }

    /**
     * What a client sends can make the JDK throw an exception that Tomcat takes for a fault of its own, and logs with
     * its stack.
     */
    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        try {
            return super.handshake(read, write);
        } catch (RuntimeException e) {
            throw new SSLException("The client's TLS handshake cannot be understood", e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        UpgradeHandoff upgrade = UpgradeHandoff.current();
        return upgrade == null ? super.write(source) : upgrade.hold(source);
    }

    @Override
    public void take() {
        taken = true;
    }

    @Override
    public boolean isOpen() {
        return !taken && super.isOpen();
    }

    /** Records, or the beginning of one, that were read from the socket and not decrypted yet; null for none. */
    @Nullable
    ByteBuffer undecrypted() {
        ByteBuffer read = netInBuffer.duplicate().flip();
        return read.hasRemaining() ? copy(read) : null;
    }

    /** Records that the socket has not taken; null for none. */
    @Nullable
    ByteBuffer unsent() {
        return netOutBuffer.hasRemaining() ? copy(netOutBuffer.duplicate()) : null;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public RequestClock requestClock() {
        return clock;
    }

    /** Tomcat clears a channel when it is done with it. */
    @Override
    public void reset(SocketChannel socket, NioSocketWrapper wrapper) throws IOException {
        if (!taken) {
            clock.reset();
            super.reset(socket, wrapper);
        }
    }

    @Override
    public void free() {
        if (!taken) {
            super.free();
        }
    }
}
