package dev.pushwire.engineio;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;

/**
 * Sessions over a WebSocket each. On virtual threads: a handler that falls behind has its client wait, and nobody else. What is
 * broadcast does not pass through here; it goes to the event loops.
 */
@EndpointMapping(
        value = {"/socket.io/", "/socket.io"},
        authenticatesLate = true,
        rateLimit = RateLimit.MESSAGES)
public final class EngineEndpoint implements Endpoint {
    private static final String ATTRIBUTE = "engine.io";

    /** What the engine closes with when a heart-beat is not answered. */
    private static final CloseStatus SILENT = new CloseStatus(CloseCode.GOING_AWAY, "no sign of life");

    private final EngineServer server;

    public EngineEndpoint(EngineServer server) {
        this.server = server;
    }

    @Override
    public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
        EngineError error = EngineError.ofUpgrade(
                handshake.queryParameter("transport"),
                handshake.queryParameter("sid"),
                handshake.queryParameter("EIO"));
        if (error != null) {
            throw new HandshakeRefusedException(EngineError.STATUS, error.message());
        }
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        session.attributes().put(ATTRIBUTE, server.open(session, handshake));
    }

    @Override
    public void onText(Session session, Text text) {
        of(session).receive(text.toString());
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        of(session).receive(data);
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        if (session.attributes().get(ATTRIBUTE) instanceof EngineSession opened) {
            CloseReason reason = status.equals(SILENT) ? CloseReason.PING_TIMEOUT : CloseReason.TRANSPORT_CLOSE;
            server.transportClosed(opened, reason);
        }
    }

    private static EngineSession of(Session session) {
        if (session.attributes().get(ATTRIBUTE) instanceof EngineSession opened) {
            return opened;
        }
        throw new IllegalStateException("No session was opened on " + session);
    }
}
