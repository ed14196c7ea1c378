package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.polling.PolledSession;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The endpoint of one session without a WebSocket. It passes calls on to the endpoint of WebSockets, once its client
 * knows the session's id.
 */
final class HttpSession implements Endpoint {
    private final PushEndpoint push;
    private final ProtocolLimits limits;
    private final Supplier<PolledSession> entry;
    private final Runnable onClose;
    private byte[] first;

    /**
     * @param limits the limits as the client sees them
     * @param entry the place where its requests find the session; made once it is open
     * @param first the commands of the request that opened it; may be empty
     */
    HttpSession(
            PushEndpoint push, ProtocolLimits limits, Supplier<PolledSession> entry, byte[] first, Runnable onClose) {
        this.push = push;
        this.limits = limits;
        this.entry = entry;
        this.first = first;
        this.onClose = onClose;
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        if (!(session instanceof PostedSession posted)) {
            throw new IllegalStateException("Not a session of this service without a WebSocket: " + session);
        }
        PolledSession found = entry.get();
        found.opened(posted);
        session.send(Json.opened(found.id().value(), session.id(), session.principal(), limits));
        push.onOpen(session, handshake);
        if (first.length > 0) {
            CompletableFuture<Posted> _ =
                    posted.post(true, ByteBuffer.wrap(first)); // the answers say what became of them
            first = new byte[0];
        }
    }

    @Override
    public void onText(Session session, Text text) {
        push.onText(session, text);
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        push.onBinary(session, data);
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        onClose.run();
        push.onClose(session, status);
    }
}
