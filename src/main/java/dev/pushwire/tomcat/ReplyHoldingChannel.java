package dev.pushwire.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * Holds the 101 when Tomcat writes it. The event loop sends it once the endpoint knows of the connection. Otherwise a
 * client that publishes as soon as its WebSocket is open could be faster than its own subscription.
 */
final class ReplyHoldingChannel extends NioChannel implements HijackableChannel {
    private final RequestClock clock = new RequestClock();
    private boolean taken;

    ReplyHoldingChannel(SocketBufferHandler buffers) {
        super(buffers);
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

    /** Tomcat reuses a channel for another socket. */
    @Override
    public void reset(SocketChannel socket, NioSocketWrapper wrapper) throws IOException {
        clock.reset();
        taken = false;
        super.reset(socket, wrapper);
    }
}
