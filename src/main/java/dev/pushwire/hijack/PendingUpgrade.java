package dev.pushwire.hijack;

import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Peer;
import dev.pushwire.connection.SocketTransport;
import dev.pushwire.endpoint.Grant;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that the filter has accepted, on its way to {@link HijackableEndpoint}, which has the socket. It travels
 * with the thread: Tomcat runs the filter, writes the reply and ends the request in one go.
 */
final class PendingUpgrade {
    private static final ThreadLocal<PendingUpgrade> CURRENT = new ThreadLocal<>();

    private final EventLoopGroup loops;
    private final EndpointBinding binding;
    private final Accepted answer;
    private final Handshake handshake;
    private final Grant grant;
    private final ByteArrayOutputStream reply = new ByteArrayOutputStream(256);

    PendingUpgrade(EventLoopGroup loops, EndpointBinding binding, Accepted answer, Handshake handshake, Grant grant) {
        this.loops = loops;
        this.binding = binding;
        this.answer = answer;
        this.handshake = handshake;
        this.grant = grant;
    }

    void leaveWithThread() {
        CURRENT.set(this);
    }

    /** What the filter has left while this thread handles a request; null for nothing. */
    static @Nullable PendingUpgrade current() {
        return CURRENT.get();
    }

    /** The same, and the thread is free of it. */
    static @Nullable PendingUpgrade take() {
        PendingUpgrade pending = CURRENT.get();
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
        SocketTransport.Factory transports = channel instanceof SecureNioChannel secure
                ? selector -> new SecureTransport(secure, selector)
                : selector -> new SocketTransport(socket, selector);
        loops.open(socket, transports, binding, peer(socket), handshake, ByteBuffer.wrap(reply.toByteArray()), early);
    }

    /** The container failed between the filter and the socket. */
    void abandon() {
        try {
            grant.release();
        } finally {
            binding.registry().leave();
        }
    }

    private Peer peer(SocketChannel channel) {
        boolean direct = channel.socket().getRemoteSocketAddress() instanceof InetSocketAddress socket
                && handshake
                        .remoteAddress()
                        .equals(ClientAddress.read(socket.getAddress().getHostAddress()));
        return new Peer(
                grant,
                answer.subprotocol(),
                answer.compression(),
                handshake.pathVariables(),
                direct ? null : handshake.remoteAddress());
    }
}
