package dev.pushwire.hijack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;

/** What {@link ReplyHoldingChannel} is, under TLS. */
final class SecureReplyHoldingChannel extends SecureNioChannel implements RequestClock.Owner {
    private final RequestClock clock = new RequestClock();

    SecureReplyHoldingChannel(SocketBufferHandler buffers, NioEndpoint endpoint) {
        super(buffers, endpoint);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        PendingUpgrade upgrade = PendingUpgrade.current();
        return upgrade == null ? super.write(source) : upgrade.hold(source);
    }

    @Override
    public RequestClock requestClock() {
        return clock;
    }

    /** Tomcat uses a channel again for another socket. */
    @Override
    public void reset(SocketChannel socket, NioSocketWrapper wrapper) throws IOException {
        clock.stop();
        super.reset(socket, wrapper);
    }
}
