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
 * Answers ordinary HTTP requests with responses that go on for as long as there is something to send. Such a stream is
 * a {@link dev.pushwire.endpoint.Session} like that of a WebSocket, on the same event loops, with the same limits and
 * endings, in the same groups. What its client still sends over the connection is discarded, and more than a little of
 * it ends the stream.
 *
 * <p>Over HTTP/1.1 the socket is taken from Tomcat, and the response is the last on it. Over HTTP/2, where several
 * requests share a socket, and on a connector of the application's own, the stream goes through the Servlet API's
 * asynchronous side. Thread-safe.
 */
public final class Streams {
    private final EventLoopGroup loops;
    private final ConnectionRegistry registry;
    private final Limits limits;
    private final BiFunction<String, String, ConnectionListener> listeners;

    /**
     * @param limits the limits of each stream
     * @param listeners gives the listener for the streams of an endpoint, by the path pattern and the
     *     {@link StreamFormat#transport}
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
     * Makes the settings that all streams of one kind to one endpoint share. The streams call the endpoint's
     * {@code onOpen} and {@code onClose} only.
     *
     * @param pattern the path pattern, as the meters name it
     */
    public EndpointBinding bind(String pattern, Endpoint endpoint, Execution execution, StreamFormat format) {
        return bind(pattern, endpoint, execution, RateLimit.NONE, 0, format);
    }

    /**
     * Makes the settings for streams whose clients send messages in separate requests, see
     * {@link dev.pushwire.endpoint.spi.PostedSession}.
     *
     * @param messagesPerSecond how many counted messages each client may send in a second; 0 for any number
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
     * A request as endpoints see it: a copy, with the client's address behind proxies.
     *
     * @param path the path within the application, as it is in the request
     * @param pathVariables the values of the variables of the path pattern
     */
    public static Handshake handshake(HttpServletRequest request, String path, Map<String, String> pathVariables) {
        return ServletHandshake.copyOf(request, path, pathVariables);
    }

    /** Whether there is room for one more now. It takes no place, so {@link #open} may say something else. */
    public Availability availability() {
        return registry.availability();
    }

    /**
     * Answers a request with a stream. The response has the status 200 and the headers that are set: the caller sets
     * the {@code Content-Type}, and headers that keep proxies from buffering. This method delimits the body ({@code
     * Transfer-Encoding: chunked}, or the end of the connection over HTTP/1.0).
     *
     * <p>It is for a request whose body has been read to its end, on the request's own thread, as the last call for the
     * request. If {@code onOpen} is called on the event loop, the head goes out after it, together with what it sent.
     *
     * @param handshake the handshake for {@code onOpen}; may be the caller's own, around one of {@link #handshake}
     * @param lease the lease of the client. If there is a stream, it belongs to the stream from now on
     * @return {@code OPEN} if the response is a stream. Otherwise why there is no room for one: nothing is written, the
     *     lease is still the caller's, and the caller answers
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
            if (request.getProtocol().startsWith("HTTP/1.") && ForeignConnectors.letTake(request)) {
                takeSocket(request, response, UpgradeHandoff.ofStream(loops, binding, handshake, lease));
                handedOn = true;
            } else {
                AsyncTransport transport = relay(request, response, handshake.remoteAddress());
                handedOn = true; // from now on the loops release what it has
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
     * Opens a session without a response: its client collects what it is sent.
     *
     * @param lease the lease of the client. If there is a session, it belongs to the session from now on
     * @return {@code OPEN} if there is a session. Otherwise why there is no room for one; the lease is still the
     *     caller's
     */
    public Availability open(
            MailboxTransport mailbox, EndpointBinding binding, Handshake handshake, AccessLease lease) {
        Availability availability = registry.enter();
        if (availability == Availability.OPEN) {
            begin(mailbox, mailbox, binding, handshake, lease); // whatever happens, the loops release what it has
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
