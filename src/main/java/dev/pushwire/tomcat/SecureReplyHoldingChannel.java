package dev.pushwire.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;

/** What {@link ReplyHoldingChannel} is, under TLS. */
final class SecureReplyHoldingChannel extends SecureNioChannel implements HijackableChannel {
    private final RequestClock clock = new RequestClock();
    private boolean taken; // for ever: it stays with the connection

    SecureReplyHoldingChannel(SocketBufferHandler buffers, NioEndpoint endpoint) {
        super(buffers, endpoint);
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
