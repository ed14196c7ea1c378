package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** A group that does what it is told at once, on the caller's thread. */
public final class FakeSessionGroup implements SessionGroup {
    private final Set<Session> sessions = new CopyOnWriteArraySet<>();
    private final Listener listener;

    public FakeSessionGroup(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void add(Session session) {
        if (session.isOpen() && sessions.add(session)) {
            listener.sized(1);
        }
    }

    @Override
    public void remove(Session session) {
        if (sessions.remove(session)) {
            listener.sized(-1);
        }
    }

    @Override
    public int size() {
        return sessions.size();
    }

    @Override
    public void send(OutboundMessage message) {
        sessions.forEach(session -> session.send(message));
    }

    @Override
    public void send(OutboundMessage message, List<SessionGroup> others) {
        Set<Session> all = new LinkedHashSet<>(sessions);
        others.forEach(other -> all.addAll(((FakeSessionGroup) other).sessions));
        all.forEach(session -> session.send(message));
    }

    @Override
    public void close(CloseStatus status) {
        sessions.forEach(session -> session.close(status));
    }
}
