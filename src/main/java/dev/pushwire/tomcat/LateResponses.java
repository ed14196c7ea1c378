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
 * Answers requests whose answer may be long in coming: a poll that waits. Meanwhile a request costs what an idle stream does, and no
 * thread. A client that goes away shows at once, over HTTP/1.1. Such a request is no connection to the meters, nor to those who look
 * at connections: it only carries what a session is sent.
 *
 * <p>The status is 200 before it is known what the answer is; one that there is not after all is an empty body. Over HTTP/1.1 the
 * socket is taken from Tomcat and closed behind the answer: Tomcat's poller forgets a socket that was taken only some time
 * afterwards, and cannot be given it back before. Thread-safe.
 */
public final class LateResponses {
    private static final StreamFormat FORMAT = new StreamFormat("response", Form.PLAIN, false, null, status -> null);
    private static final ConnectionListener UNHEARD = new ConnectionListener() {};

    private final Streams streams;

    /**
     * @param places of such requests; what they take of the heap counts as that of connections
     * @param limits of each
     */
    public LateResponses(EventLoopGroup loops, ConnectionRegistry places, Limits limits) {
        this.streams = new Streams(loops, places, limits, (_, _) -> UNHEARD);
    }

    /**
     * Answers with 200 and the headers that the response has. For a request whose body has been read to its end, and the last that
     * is done with it.
     *
     * @param handshake the request as a copy, see {@link Streams#handshake}
     * @param body not to be changed. Is cancelled when the client is gone. Where it fails, the answer is empty
     * @return {@code OPEN} if the answer comes. Else why there is no room for it: nothing is written, and the caller answers
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
