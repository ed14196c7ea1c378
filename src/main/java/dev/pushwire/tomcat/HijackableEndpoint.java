package dev.pushwire.tomcat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.http11.Http11Processor;
import org.apache.coyote.http11.upgrade.UpgradeProcessorInternal;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's end of its sockets. It lets go of a socket whose request was upgraded. Tomcat then holds neither its buffers
 * nor its place among {@code server.tomcat.max-connections}, and will not touch it again.
 */
final class HijackableEndpoint extends NioEndpoint {
    private static final Logger log = LoggerFactory.getLogger(HijackableEndpoint.class);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /**
     * How many sockets' buffers Tomcat keeps for reuse, 16 KiB each. By default, it keeps hundreds after one burst of
     * handshakes, as long as the process lives.
     */
    private static final int POOLED_BUFFERS = 16;

    /**
     * How many TLS sessions are kept for clients without tickets, 1.4 KB each. By default, the JDK keeps 20,480 for a
     * day, and a single client can fill that with handshakes.
     */
    private static final int SESSIONS = 1024;

    private long headerTimeoutNanos = Long.MAX_VALUE;
    private EdgeListener listener = new Unheard();

    HijackableEndpoint() {
        getSocketProperties().setBufferPool(POOLED_BUFFERS);
    }

    void setEdgeListener(EdgeListener listener) {
        this.listener = listener;
    }

    EdgeListener edgeListener() {
        return listener;
    }

    void setHeaderTimeout(Duration timeout) {
        headerTimeoutNanos = timeout.toNanos();
    }

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
        return new HijackingProcessor(wrapper, event);
    }

    /** Under TLS, disables Tomcat's pool of channels: a channel that we took must not come back through it. */
    @Override
    public void bind() throws Exception {
        if (isSSLEnabled()) {
            getSocketProperties().setBufferPool(0);
        }
        super.bind();
    }

    /** Called at the start, and when a certificate is replaced. */
    @Override
    public void addSslHostConfig(SSLHostConfig config, boolean replace) {
        if (config.getSessionCacheSize() < 0) { // no number is configured
            config.setSessionCacheSize(SESSIONS);
        }
        super.addSslHostConfig(config, replace);
    }

    /** Tomcat logs a failure, waits a little, and tries again. */
    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        try {
            return super.serverSocketAccept();
        } catch (IOException e) {
            if (isRunning()) {
                listener.acceptFailed();
            }
            throw e;
        }
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return isSSLEnabled() ? new SecureReplyHoldingChannel(buffers, this) : new ReplyHoldingChannel(buffers);
    }

    /** The listener until one is set. */
    private static final class Unheard implements EdgeListener {
        @Override
        public void timedOut() {}

        @Override
        public void acceptFailed() {}

        @Override
        public void refused(int status) {}
    }

    private final class HijackingProcessor extends SocketProcessor {
        HijackingProcessor(SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
            super(wrapper, event);
        }

        /**
         * Holds the wrapper's lock, as Tomcat does for everything that it does to a socket. So no other thread works on
         * the socket after the request.
         */
        @Override
        protected void doRun() {
            SocketWrapperBase<NioChannel> wrapper = socketWrapper; // Tomcat uses this object again for another socket
            if (wrapper.getError() instanceof SocketTimeoutException && owesHeader(wrapper)) {
                listener.timedOut();
            }
            try {
                super.doRun();
            } finally {
                UpgradeHandoff upgrade = UpgradeHandoff.take();
                if (upgrade == null) {
                    limitHeaderTime(wrapper);
                } else {
                    finish(upgrade, wrapper);
                }
            }
        }
    }

    private void finish(UpgradeHandoff upgrade, SocketWrapperBase<NioChannel> wrapper) {
        if (wrapper.isClosed() || !(wrapper.getCurrentProcessor() instanceof UpgradeProcessorInternal)) {
            upgrade.abandon();
            return;
        }
        NioChannel channel = wrapper.getSocket();
        SocketChannel socket = channel.getIOChannel(); // a plain channel is soon another socket's
        boolean started = false;
        try {
            ByteBuffer early = readBehindHandshake(wrapper);
            detach(wrapper, channel);
            upgrade.start(socket, channel, early);
            started = true;
        } finally {
            if (!started) { // by now it may belong neither to Tomcat nor to the event loop
                upgrade.abandon();
                close(socket);
            }
        }
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("Closing a socket failed", e);
        }
    }

    /**
     * Limits the time of the TLS handshake and of each header section. Between two events, Tomcat keeps a processor
     * with a socket only if one of them is not complete.
     */
    private void limitHeaderTime(SocketWrapperBase<NioChannel> wrapper) {
        NioChannel socket = wrapper.getSocket();
        if (!(socket instanceof HijackableChannel channel)) {
            return; // closed
        }
        boolean inHeader = wrapper.getCurrentProcessor() instanceof Http11Processor processor && !processor.isAsync();
        if (socket.isHandshakeComplete() && !inHeader) {
            channel.requestClock().stop();
        } else if (channel.requestClock().tick(System.nanoTime()) > headerTimeoutNanos) {
            wrapper.close();
            listener.timedOut();
        }
    }

    /**
     * Whether the client owes a header section. A connection that is idle between two requests does not, since browsers
     * keep such.
     */
    private static boolean owesHeader(SocketWrapperBase<NioChannel> wrapper) {
        return wrapper.getSocket() instanceof HijackableChannel channel
                && channel.requestClock().isDue();
    }

    /** What the client sent without waiting for the answer, and Tomcat has read together with the request. */
    private static ByteBuffer readBehindHandshake(SocketWrapperBase<NioChannel> wrapper) {
        SocketBufferHandler buffers = wrapper.getSocketBufferHandler();
        buffers.configureReadBufferForRead();
        ByteBuffer read = buffers.getReadBuffer();
        return read.hasRemaining()
                ? ByteBuffer.allocate(read.remaining()).put(read).flip()
                : NOTHING;
    }

    /**
     * The poller's key is not cancelled here: the poller may be working on it, would find it cancelled, and would close
     * the socket. A key without an attachment is left alone, and the poller cancels it at its next sweep.
     *
     * <p>The wrapper is closed, which gives back everything but the socket. Otherwise the poller could close the
     * wrapper when we close the socket ourselves, and count the connection down a second time.
     */
    private void detach(SocketWrapperBase<NioChannel> wrapper, NioChannel channel) {
        @Nullable SelectionKey key = channel.getIOChannel().keyFor(getPoller().getSelector());
        if (key != null) {
            key.attach(null);
        }
        if (channel instanceof HijackableChannel hijackable) {
            hijackable.take();
        }
        wrapper.close();
    }
}
