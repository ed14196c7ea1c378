package dev.pushwire.tomcat;

import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.HandshakeInfo;
import dev.pushwire.connection.LoopTransport;
import dev.pushwire.connection.SocketTransport;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.Framing;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered by a WebSocket or a stream, on its way to {@link HijackableEndpoint}, which has the
 * socket. It travels with the thread: Tomcat runs the filter, writes the reply and ends the request on the same thread.
 */
final class UpgradeHandoff {
    private static final ThreadLocal<UpgradeHandoff> CURRENT = new ThreadLocal<>();

    private final EventLoopGroup loops;
    private final EndpointBinding binding;
    private final @Nullable Accepted answer; // null for a stream
    private final Handshake handshake;
    private final AccessLease lease;
    private final @Nullable Session beside;
    private final ByteArrayOutputStream reply = new ByteArrayOutputStream(256);
    private boolean replied;

    private UpgradeHandoff(
            EventLoopGroup loops,
            EndpointBinding binding,
            @Nullable Accepted answer,
            Handshake handshake,
            AccessLease lease,
            @Nullable Session beside) {
        this.loops = loops;
        this.binding = binding;
        this.answer = answer;
        this.handshake = handshake;
        this.lease = lease;
        this.beside = beside;
    }

    /** @param beside a session on whose event loop the connection must be; null for any */
    static UpgradeHandoff ofWebSocket(
            EventLoopGroup loops,
            EndpointBinding binding,
            Accepted answer,
            Handshake handshake,
            AccessLease lease,
            @Nullable Session beside) {
        return new UpgradeHandoff(loops, binding, answer, handshake, lease, beside);
    }

    /** Makes a handoff of a stream. Once the head of the response is written, the caller calls {@link #replied}. */
    static UpgradeHandoff ofStream(
            EventLoopGroup loops, EndpointBinding binding, Handshake handshake, AccessLease lease) {
        return new UpgradeHandoff(loops, binding, null, handshake, lease, null);
    }

    void leaveWithThread() {
        CURRENT.set(this);
    }

    /** The handoff that the filter has left while this thread handles a request; null for none. */
    static @Nullable UpgradeHandoff current() {
        return CURRENT.get();
    }

    /** Takes the handoff off the thread; null for none. */
    static @Nullable UpgradeHandoff take() {
        UpgradeHandoff pending = CURRENT.get();
        if (pending != null) {
            CURRENT.remove();
        }
        return pending;
    }

    /** Holds what Tomcat writes. */
    int hold(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        if (!replied) {
            reply.writeBytes(bytes);
        }
        return bytes.length;
    }

    /**
     * The reply is complete. What Tomcat writes from now on would end the response, and is dropped.
     *
     * @return whether there is a reply at all
     */
    boolean replied() {
        replied = true;
        return reply.size() > 0;
    }

    /**
     * The request is over, and the socket belongs to the event loops.
     *
     * @param channel Tomcat's channel around the socket, of use only for its TLS
     * @param early what the client sent right after its request
     */
    void start(SocketChannel socket, NioChannel channel, ByteBuffer early) {
        LoopTransport.Factory transports = channel instanceof SecureReplyHoldingChannel secure
                ? selector -> new SecureTransport(secure, selector)
                : selector -> new SocketTransport(socket, selector);
        byte[] written = reply.toByteArray();
        if (answer != null) {
            HandshakeInfo peer = peer(socket, Framing.WEBSOCKET);
            loops.open(socket, transports, binding, peer, handshake, ByteBuffer.wrap(written), early, beside);
        } else {
            ResponseHead head = ResponseHead.of(written);
            HandshakeInfo peer = peer(socket, binding.framing(head.chunked()));
            loops.open(socket, transports, binding, peer, handshake, head.bytes(), early);
        }
    }

    /** The container has failed between the filter and the socket. */
    void abandon() {
        try {
            lease.release();
        } finally {
            binding.registry().leave();
        }
    }

    private HandshakeInfo peer(SocketChannel channel, Framing framing) {
        boolean direct = channel.socket().getRemoteSocketAddress() instanceof InetSocketAddress socket
                && handshake
                        .remoteAddress()
                        .equals(ClientAddress.read(socket.getAddress().getHostAddress()));
        return new HandshakeInfo(
                lease,
                answer == null ? null : answer.subprotocol(),
                answer == null ? null : answer.compression(),
                handshake.pathVariables(),
                direct ? null : handshake.remoteAddress(),
                framing);
    }
}
