package dev.pushwire.hijack;

import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Peer;
import dev.pushwire.endpoint.Handshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that the filter has accepted, on its way to {@link HijackableEndpoint}, which has the socket. It travels
 * with the thread: Tomcat runs the filter and what follows it in one go.
 */
record PendingUpgrade(
        EventLoopGroup loops,
        EndpointBinding binding,
        @Nullable String subprotocol,
        Handshake handshake) {
    private static final ThreadLocal<PendingUpgrade> CURRENT = new ThreadLocal<>();

    void leaveWithThread() {
        CURRENT.set(this);
    }

    /** What the filter left while this thread handled a request; null for nothing. */
    static @Nullable PendingUpgrade take() {
        PendingUpgrade pending = CURRENT.get();
        if (pending != null) {
            CURRENT.remove();
        }
        return pending;
    }

    /** The 101 is sent and the socket is ours. */
    void start(SocketChannel channel, ByteBuffer early) {
        loops.open(channel, early, binding, peer(channel), handshake);
    }

    /** The container failed between the filter and the socket. */
    void abandon() {
        binding.registry().leave();
    }

    private Peer peer(SocketChannel channel) {
        Map<String, String> variables = handshake.pathVariables();
        boolean direct = channel.socket().getRemoteSocketAddress() instanceof InetSocketAddress socket
                && socket.getAddress().getHostAddress().equals(handshake.remoteAddress());
        return new Peer(handshake.principal(), subprotocol, variables, direct ? null : handshake.remoteAddress());
    }
}
