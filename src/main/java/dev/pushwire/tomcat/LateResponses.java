package dev.pushwire.tomcat;

import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Limits;
import dev.pushwire.connection.StreamFormat;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Framing.Form;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Answers requests whose answer may take long, such as a poll that waits. Meanwhile a request costs what an idle stream
 * costs, and no thread. Over HTTP/1.1, a client that goes away is noticed at once. Meters and lists of connections leave
 * out such a request, since it only carries what a session is sent.
 *
 * <p>The status is 200, since it is chosen before the answer is known. If there is no answer in the end, the body is
 * empty. Over HTTP/1.1 the socket is taken from Tomcat, and closed after the answer. It cannot be given back, since
 * Tomcat's poller forgets a taken socket only some time later. Thread-safe.
 */
public final class LateResponses {
    private static final StreamFormat FORMAT = new StreamFormat("response", Form.PLAIN, false, null, status -> null);
    private static final ConnectionListener UNHEARD = new ConnectionListener() {};

    private final Streams streams;

    /**
     * @param places the places of such requests; the heap that they take counts as that of connections
     * @param limits the limits of each request
     */
    public LateResponses(EventLoopGroup loops, ConnectionRegistry places, Limits limits) {
        this.streams = new Streams(loops, places, limits, (_, _) -> UNHEARD);
    }

    /**
     * Answers with 200 and the headers that the response has. It is for a request whose body has been read to its end,
     * as the last call for the request.
     *
     * @param handshake the request as a copy, see {@link Streams#handshake}
     * @param body must not be changed; is cancelled when the client is gone. If it fails, the answer is empty
     * @return {@code OPEN} if the answer comes. Otherwise why there is no room for it: nothing is written, and the
     *     caller answers
     */
    public Availability answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Handshake handshake,
            CompletableFuture<byte[]> body)
            throws IOException, ServletException {
        EndpointBinding binding = streams.bind("", new Answering(body), Execution.EVENT_LOOP, FORMAT);
        return streams.open(request, response, binding, handshake, AccessLease.lasting(null));
    }

    /** The end of one request. */
    private record Answering(CompletableFuture<byte[]> body) implements Endpoint {
        @Override
        public void onOpen(Session session, Handshake handshake) {
            CompletableFuture<?> _ = body.whenComplete((bytes, failure) -> {
                if (bytes != null && bytes.length > 0) {
                    session.sendUnpaced(OutboundMessage.utf8(ByteBuffer.wrap(bytes)));
                }
                session.close();
            });
        }

        @Override
        public void onClose(Session session, CloseStatus status) {
            body.cancel(false);
        }
    }
}
