package dev.pushwire.hijack;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.coyote.http11.upgrade.UpgradeProcessorInternal;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's end of its sockets, which lets go of one whose request was upgraded. Tomcat then holds neither its buffers nor
 * its place among {@code server.tomcat.max-connections}, and will not touch it again.
 */
final class HijackableEndpoint extends NioEndpoint {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
        return new HijackingProcessor(wrapper, event);
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return isSSLEnabled() ? super.createChannel(buffers) : new ReplyHoldingChannel(buffers);
    }

    private final class HijackingProcessor extends SocketProcessor {
        HijackingProcessor(SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
            super(wrapper, event);
        }

        /**
         * Holds the wrapper's lock, as Tomcat does for all it does to a socket: when the request is handled, nobody else
         * is at it.
         */
        @Override
        protected void doRun() {
            SocketWrapperBase<NioChannel> wrapper = socketWrapper; // Tomcat uses this object again for another socket
            super.doRun();
            PendingUpgrade upgrade = PendingUpgrade.take();
            if (upgrade == null) {
                return;
            }
            if (wrapper.isClosed() || !(wrapper.getCurrentProcessor() instanceof UpgradeProcessorInternal)) {
                upgrade.abandon();
                return;
            }
            ByteBuffer early = readBehindHandshake(wrapper);
            upgrade.start(detach(wrapper), early);
        }
    }

    /** What the client did not wait to send, and Tomcat has read together with the request. */
    private static ByteBuffer readBehindHandshake(SocketWrapperBase<NioChannel> wrapper) {
        SocketBufferHandler buffers = wrapper.getSocketBufferHandler();
        buffers.configureReadBufferForRead();
        ByteBuffer read = buffers.getReadBuffer();
        return read.hasRemaining()
                ? ByteBuffer.allocate(read.remaining()).put(read).flip()
                : NOTHING;
    }

    /**
     * The poller's key is not cancelled here: the poller may still be at it, would find it cancelled under its hands, and
     * would close the socket. Without an attachment it is left alone, and the poller cancels it at its next sweep.
     */
    private SocketChannel detach(SocketWrapperBase<NioChannel> wrapper) {
        SocketChannel channel = wrapper.getSocket().getIOChannel();
        @Nullable SelectionKey key = channel.keyFor(getPoller().getSelector());
        if (key != null) {
            key.attach(null);
        }
        getHandler().release(wrapper);
        connections.remove(channel);
        countDownConnection();
        return channel;
    }
}
