package dev.pushwire.tomcat;

import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.HandshakeInfo;
import dev.pushwire.connection.SocketTransport;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that the filter has accepted, on its way to {@link HijackableEndpoint}, which has the socket. It travels
 * with the thread: Tomcat runs the filter, writes the reply and ends the request in one go.
 */
final class UpgradeHandoff {
    private static final ThreadLocal<UpgradeHandoff> CURRENT = new ThreadLocal<>();

    private final EventLoopGroup loops;
    private final EndpointBinding binding;
    private final Accepted answer;
    private final Handshake handshake;
    private final AccessLease lease;
    private final ByteArrayOutputStream reply = new ByteArrayOutputStream(256);

    UpgradeHandoff(
            EventLoopGroup loops, EndpointBinding binding, Accepted answer, Handshake handshake, AccessLease lease) {
        this.loops = loops;
        this.binding = binding;
        this.answer = answer;
        this.handshake = handshake;
        this.lease = lease;
    }

    void leaveWithThread() {
        CURRENT.set(this);
    }

    /** What the filter has left while this thread handles a request; null for nothing. */
    static @Nullable UpgradeHandoff current() {
        return CURRENT.get();
    }

    /** The same, and the thread is free of it. */
    static @Nullable UpgradeHandoff take() {
        UpgradeHandoff pending = CURRENT.get();
        if (pending != null) {
            CURRENT.remove();
        }
        return pending;
    }

    /** Takes what Tomcat writes. */
    int hold(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        reply.writeBytes(bytes);
        return bytes.length;
    }

    /**
     * The request is over and the socket is ours.
     *
     * @param channel what Tomcat had around the socket; of use only for its TLS
     * @param early what the client sent right behind its request
     */
    void start(SocketChannel socket, NioChannel channel, ByteBuffer early) {
        SocketTransport.Factory transports = channel instanceof SecureReplyHoldingChannel secure
                ? selector -> new SecureTransport(secure, selector)
                : selector -> new SocketTransport(socket, selector);
        loops.open(socket, transports, binding, peer(socket), handshake, ByteBuffer.wrap(reply.toByteArray()), early);
    }

    /** The container failed between the filter and the socket. */
    void abandon() {
        try {
            lease.release();
        } finally {
            binding.registry().leave();
        }
    }

    private HandshakeInfo peer(SocketChannel channel) {
        boolean direct = channel.socket().getRemoteSocketAddress() instanceof InetSocketAddress socket
                && handshake
                        .remoteAddress()
                        .equals(ClientAddress.read(socket.getAddress().getHostAddress()));
        return new HandshakeInfo(
                lease,
                answer.subprotocol(),
                answer.compression(),
                handshake.pathVariables(),
                direct ? null : handshake.remoteAddress());
    }
}
