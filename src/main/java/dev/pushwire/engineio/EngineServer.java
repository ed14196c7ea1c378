package dev.pushwire.engineio;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.engineio.EnginePacket.Text;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The sessions of this node. Thread-safe. */
public final class EngineServer {
    private final EngineSettings settings;
    private final Supplier<String> ids;
    private final Acceptor acceptor;
    private final Heartbeat heartbeat;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();

    /** The protocol above. */
    @FunctionalInterface
    public interface Acceptor {
        /** A session begins. Must not wait. */
        EngineListener accept(EngineSession session, Handshake handshake);
    }

    /** @param ids a new one at each call, which nobody can guess */
    public EngineServer(EngineSettings settings, Supplier<String> ids, Acceptor acceptor) {
        this.settings = settings;
        this.heartbeat = settings.heartbeat();
        this.ids = ids;
        this.acceptor = acceptor;
    }

    EngineSession open(Session connection, Handshake handshake) {
        EngineSession session = new EngineSession(ids.get(), new WebSocketTransport(connection));
        session.open(acceptor.accept(session, handshake));
        sessions.put(session.id(), session);
        connection.heartbeat(heartbeat);
        session.send(OutboundMessage.text(EngineCodec.write(new Text(EnginePacket.Type.OPEN, opening(session)))));
        return session;
    }

    private String opening(EngineSession session) {
        return "{\"sid\":\"" + session.id() + "\",\"upgrades\":[],\"pingInterval\":"
                + settings.pingInterval().toMillis() + ",\"pingTimeout\":"
                + settings.pingTimeout().toMillis() + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }

    void transportClosed(EngineSession session, CloseReason reason) {
        session.close(reason);
        sessions.remove(session.id());
    }

    /**
     * Has the protocol above look at the deadlines of all sessions; to be called about once a second. Does not wait.
     *
     * @param now as {@link System#nanoTime}
     */
    public void sweep(long now) {
        sessions.values().removeIf(session -> !session.sweep(now));
    }

    /** How many sessions there are now. */
    public int activeSessions() {
        return sessions.size();
    }
}
