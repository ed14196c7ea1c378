package dev.pushwire.hijack;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * Keeps the 101 back when Tomcat writes it: the event loop sends it, once the endpoint knows of the connection. A client
 * that publishes as soon as its WebSocket is open would otherwise sometimes be faster than its own subscription.
 */
final class ReplyHoldingChannel extends NioChannel {
    ReplyHoldingChannel(SocketBufferHandler buffers) {
        super(buffers);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        PendingUpgrade upgrade = PendingUpgrade.current();
        return upgrade == null ? super.write(source) : upgrade.hold(source);
    }
}
