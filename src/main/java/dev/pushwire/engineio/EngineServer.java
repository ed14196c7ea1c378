package dev.pushwire.engineio;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.polling.SessionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions of this node. Thread-safe. */
public final class EngineServer {
    private final EngineSettings settings;
    private final Supplier<SessionId> ids;
    private final Acceptor acceptor;
    private final Heartbeat heartbeat;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>(); // by the key of the id

    /** The protocol above Engine.IO. */
    @FunctionalInterface
    public interface Acceptor {
        /** A session begins. Must not wait. */
        EngineListener accept(EngineSession session, Handshake handshake);
    }

    /** @param ids gives a new id at each call */
    public EngineServer(EngineSettings settings, Supplier<SessionId> ids, Acceptor acceptor) {
        this.settings = settings;
        this.heartbeat = settings.heartbeat();
        this.ids = ids;
        this.acceptor = acceptor;
    }

    EngineSettings settings() {
        return settings;
    }

    /** Pings a client, over any transport. */
    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** @param polling null for a session that begins over a WebSocket */
    EngineSession open(Session connection, Handshake handshake, @Nullable Polling polling) {
        EngineSession session = new EngineSession(ids.get(), connection, handshake.principal(), polling);
        session.open(acceptor.accept(session, handshake));
        sessions.put(session.id().key(), session);
        session.send(OutboundMessage.text(new EnginePacket(EnginePacket.Type.OPEN, opening(session)).text()));
        // After the open packet: a polling client that gets a ping first would wait for ever.
        connection.heartbeat(heartbeat);
        return session;
    }

    private String opening(EngineSession session) {
        boolean mayUpgrade = session.polling() != null && settings.upgrades();
        return "{\"sid\":\"" + session.id().value() + "\",\"upgrades\":[" + (mayUpgrade ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + settings.pingInterval().toMillis() + ",\"pingTimeout\":"
                + settings.pingTimeout().toMillis() + ",\"maxPayload\":"
                + (session.polling() == null ? settings.maxPayload() : settings.maxBody()) + "}";
    }

    /** The session of this id; null if there is none, or if the secret in the id is wrong. */
    @Nullable
    EngineSession session(SessionId id) {
        EngineSession session = sessions.get(id.key());
        return session != null && session.id().hasSecretOf(id) ? session : null;
    }

    /** The same, but only for a session that began with polling. */
    @Nullable
    EngineSession polled(SessionId id) {
        EngineSession session = session(id);
        return session != null && session.polling() != null ? session : null;
    }

    /** Forgets a session from which nothing will be collected any more. */
    void forget(EngineSession session) {
        sessions.remove(session.id().key(), session);
        Polling polling = session.polling();
        if (polling != null) {
            polling.endCandidate();
        }
    }

    /**
     * Checks the deadlines of all sessions. To be called about once a second. Does not wait.
     *
     * @param now as {@link System#nanoTime}
     */
    public void sweep(long now) {
        sessions.values().forEach(session -> {
            if (!session.sweep(now)) {
                forget(session);
            }
        });
    }

    /** How many polls wait now. */
    public int waitingPolls() {
        return (int) sessions.values().stream()
                .filter(session ->
                        session.polling() != null && session.polling().isWaiting())
                .count();
    }

    /** How many sessions there are now. */
    public int activeSessions() {
        return sessions.size();
    }
}
