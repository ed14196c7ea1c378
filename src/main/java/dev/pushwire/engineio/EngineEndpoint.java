package dev.pushwire.engineio;

import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.SuccessorEndpoint;
import dev.pushwire.polling.SessionId;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint for sessions over a WebSocket, which may begin with polls. It runs on virtual threads, so a handler that
 * falls behind makes only its client wait. Broadcasts do not pass through it: they go to the event loops.
 *
 * <p>A connection has one of two attributes: its session, or its wish to carry a polled session.
 */
@EndpointMapping(
        value = {"/socket.io/", "/socket.io"},
        authenticatesLate = true,
        rateLimit = RateLimit.MESSAGES)
public final class EngineEndpoint implements SuccessorEndpoint {
    private static final String SESSION = "engine.io";
    private static final String UPGRADING = "engine.io.upgrading";

    /** The engine closes with this status if a client does not answer a heartbeat, or does not poll. */
    private static final CloseStatus SILENT = new CloseStatus(CloseCode.GOING_AWAY, "no sign of life");

    private final EngineServer server;
    private final Relays relays;

    /** @param relays for sessions of other nodes */
    public EngineEndpoint(EngineServer server, Relays relays) {
        this.server = server;
        this.relays = relays;
    }

    @Override
    public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
        EngineError error = EngineError.ofUpgrade(
                handshake.queryParameter("transport"),
                handshake.queryParameter("EIO"),
                server.settings().hasWebSockets());
        if (error == null && namesSession(handshake)) {
            error = errorOfSession(handshake);
        }
        if (error != null) {
            throw new HandshakeRefusedException(error.status(), error.message());
        }
    }

    private static boolean namesSession(Handshake handshake) {
        String sid = handshake.queryParameter("sid");
        return sid != null && !sid.isEmpty();
    }

    /** Asks the node that has the session. */
    private @Nullable EngineError errorOfSession(Handshake handshake) throws HandshakeRefusedException {
        SessionId id = id(handshake);
        boolean known = id != null && (relays.isElsewhere(id) ? relays.know(id, handshake) : wanted(handshake) != null);
        return known ? null : EngineError.UNKNOWN_SID;
    }

    private static @Nullable SessionId id(Handshake handshake) {
        String sid = handshake.queryParameter("sid");
        return sid == null ? null : SessionId.parse(sid);
    }

    /** The session of this node that a WebSocket is to carry; null for none. */
    private @Nullable EngineSession wanted(Handshake handshake) {
        SessionId id = id(handshake);
        EngineSession session = id == null || relays.isElsewhere(id) ? null : server.polled(id);
        return session != null && session.mayBeOf(Relays.principal(handshake)) ? session : null;
    }

    @Override
    public @Nullable Session succeeds(Handshake handshake) {
        EngineSession session = wanted(handshake);
        return session == null ? null : session.connection();
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        if (handshake instanceof PollingHandshake begins) {
            session.attributes().put(SESSION, server.open(session, handshake, begins.polling()));
        } else if (namesSession(handshake)) {
            SessionId id = id(handshake);
            if (id != null && relays.isElsewhere(id)) {
                session.attributes().put(UPGRADING, relays.open(id, session, handshake));
            } else {
                upgrade(session, wanted(handshake));
            }
        } else {
            session.attributes().put(SESSION, server.open(session, handshake, null));
        }
    }

    /**
     * A WebSocket that may not carry the session is accepted and then closed. Clients handle a refused handshake less
     * well.
     */
    private void upgrade(Session webSocket, @Nullable EngineSession session) {
        Polling polling = session == null ? null : session.polling();
        if (session != null && polling != null && server.settings().upgrades()) {
            Upgrading upgrading = new Upgrading(session, polling, webSocket, server.heartbeat());
            if (polling.begin(upgrading)) {
                webSocket.attributes().put(UPGRADING, upgrading);
                return;
            }
        }
        webSocket.close();
    }

    @Override
    public void onText(Session session, Text text) {
        switch (of(session)) {
            case EngineSession opened -> opened.receive(text.toString());
            case Upgrading upgrading -> upgrading.receive(text.toString());
            case Relay relay -> relay.receive(text);
            default -> {} // it is closed
        }
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        switch (of(session)) {
            case EngineSession opened -> opened.receive(data);
            case Upgrading upgrading -> upgrading.fail();
            case Relay relay -> relay.receive(data);
            default -> {} // it is closed
        }
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        switch (of(session)) {
            case EngineSession opened -> closed(opened, status);
            case Upgrading upgrading -> upgrading.closed();
            case Relay relay -> relays.closed(relay);
            default -> {}
        }
    }

    private void closed(EngineSession session, CloseStatus status) {
        CloseReason reason = status.equals(SILENT) ? CloseReason.PING_TIMEOUT : CloseReason.TRANSPORT_CLOSE;
        session.close(reason);
        Polling polling = session.polling();
        if (polling == null || polling.isUpgraded()) {
            server.forget(session);
        } else if (polling.carrier() == null && !session.endedInOrder()) {
            server.forget(session);
            polling.discard();
        } // else the client or its carrier may still collect the last packets
    }

    private static Object of(Session session) {
        Object opened = session.attributes().get(SESSION);
        Object upgrading = session.attributes().get(UPGRADING);
        return opened != null ? opened : upgrading != null ? upgrading : "";
    }
}
