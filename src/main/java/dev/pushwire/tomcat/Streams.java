package dev.pushwire.tomcat;

import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.HandshakeInfo;
import dev.pushwire.connection.Limits;
import dev.pushwire.connection.LoopTransport;
import dev.pushwire.connection.MailboxTransport;
import dev.pushwire.connection.StreamFormat;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Answers ordinary HTTP requests with responses that go on for as long as there is something to send. Such a stream is a
 * {@link dev.pushwire.endpoint.Session} like that of a WebSocket, on the same event loops, with the same limits and endings,
 * in the same groups. What its client sends from then on is thrown away; more than a little of it ends the stream.
 *
 * <p>Over HTTP/1.1 the socket is taken from Tomcat, and the response is the last on it. Over HTTP/2, where several requests
 * share a socket, the stream goes through the Servlet API's asynchronous side. Thread-safe.
 */
public final class Streams {
    private final EventLoopGroup loops;
    private final ConnectionRegistry registry;
    private final Limits limits;
    private final BiFunction<String, String, ConnectionListener> listeners;

    /**
     * @param limits of each stream
     * @param listeners the listener for the streams of an endpoint, by the path pattern and the {@link StreamFormat#transport}
     */
    public Streams(
            EventLoopGroup loops,
            ConnectionRegistry registry,
            Limits limits,
            BiFunction<String, String, ConnectionListener> listeners) {
        this.loops = loops;
        this.registry = registry;
        this.limits = limits;
        this.listeners = listeners;
    }

    /**
     * What all streams of one kind to one endpoint share. Of the endpoint, {@code onOpen} and {@code onClose} are called.
     *
     * @param pattern the path pattern, as the meters call it
     */
    public EndpointBinding bind(String pattern, Endpoint endpoint, Execution execution, StreamFormat format) {
        return bind(pattern, endpoint, execution, RateLimit.NONE, 0, format);
    }

    /**
     * The same, where clients send messages by requests of their own, see {@link dev.pushwire.endpoint.spi.PostedSession}.
     *
     * @param messagesPerSecond how many of those that are counted it takes of each; 0 for any number
     */
    public EndpointBinding bind(
            String pattern,
            Endpoint endpoint,
            Execution execution,
            RateLimit rateLimit,
            int messagesPerSecond,
            StreamFormat format) {
        return new EndpointBinding(
                pattern,
                endpoint,
                execution,
                false,
                rateLimit,
                messagesPerSecond,
                limits,
                registry,
                listeners.apply(pattern, format.transport()),
                format);
    }

    /**
     * A request as endpoints are shown it: a copy, with the client's address behind proxies.
     *
     * @param path within the application, as it stands in the request
     * @param pathVariables what the variables of the path pattern stand for
     */
    public static Handshake handshake(HttpServletRequest request, String path, Map<String, String> pathVariables) {
        return ServletHandshake.copyOf(request, path, pathVariables);
    }

    /**
     * Answers a request with a stream. The response's status is 200, and its headers are those that it has: the caller sets the
     * {@code Content-Type} and what keeps proxies from buffering. How the body is delimited is none of the caller's business
     * ({@code Transfer-Encoding: chunked}, or until the end of the connection over HTTP/1.0).
     *
     * <p>For a request whose body has been read to its end, on its own thread, and the last that is done with it. The head
     * goes out once {@code onOpen} was called, if that is called on the event loop, together with what it sent.
     *
     * @param handshake what {@code onOpen} is shown; may be the caller's own, around one of {@link #handshake}
     * @param lease what the client was let in with. The stream's from here on, if there is one
     * @return {@code OPEN} if the response is a stream. Else why there is no room for one: nothing is written, the lease is
     *     the caller's still, and the caller answers
     */
    public Availability open(
            HttpServletRequest request,
            HttpServletResponse response,
            EndpointBinding binding,
            Handshake handshake,
            AccessLease lease)
            throws IOException, ServletException {
        Availability availability = registry.enter();
        if (availability != Availability.OPEN) {
            return availability;
        }
        boolean handedOn = false;
        try {
            response.setStatus(HttpServletResponse.SC_OK);
            if (request.getProtocol().startsWith("HTTP/1.")) {
                takeSocket(request, response, UpgradeHandoff.ofStream(loops, binding, handshake, lease));
                handedOn = true;
            } else {
                AsyncTransport transport = relay(request, response, handshake.remoteAddress());
                handedOn = true; // from here on the loops give back what it has
                begin(transport, transport, binding, handshake, lease);
            }
        } finally {
            if (!handedOn) {
                registry.leave();
            }
        }
        return Availability.OPEN;
    }

    /**
     * Opens a session without a response, whose client comes for what it is sent.
     *
     * @param lease what the client was let in with. The session's from here on, if there is one
     * @return {@code OPEN} if there is a session. Else why there is no room for one; the lease is the caller's still
     */
    public Availability open(
            MailboxTransport mailbox, EndpointBinding binding, Handshake handshake, AccessLease lease) {
        Availability availability = registry.enter();
        if (availability == Availability.OPEN) {
            begin(mailbox, mailbox, binding, handshake, lease); // the loops give back what it has, however it goes on
        }
        return availability;
    }

    private static void takeSocket(HttpServletRequest request, HttpServletResponse response, UpgradeHandoff handoff)
            throws IOException, ServletException {
        handoff.leaveWithThread(); // it keeps the head, which Tomcat writes now
        boolean taken = false;
        try {
            response.flushBuffer();
            if (!handoff.replied()) {
                throw new IllegalStateException("A filter keeps back the head of a stream's response");
            }
            request.upgrade(UpgradeHandler.class);
            taken = true;
        } finally {
            if (!taken) {
                UpgradeHandoff.take();
            }
        }
    }

    private static AsyncTransport relay(HttpServletRequest request, HttpServletResponse response, String remoteAddress)
            throws IOException {
        AsyncContext context = request.startAsync(request, response);
        response.flushBuffer();
        return new AsyncTransport(context, remoteAddress);
    }

    private void begin(
            LoopTransport transport,
            Closeable socket,
            EndpointBinding binding,
            Handshake handshake,
            AccessLease lease) {
        HandshakeInfo peer = new HandshakeInfo(
                lease, null, null, handshake.pathVariables(), handshake.remoteAddress(), binding.framing(false));
        loops.open(socket, _ -> transport, binding, peer, handshake, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
    }
}
