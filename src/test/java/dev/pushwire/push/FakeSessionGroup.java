package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A group that does what it is told at once, on the caller's thread. */
public final class FakeSessionGroup implements SessionGroup {
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    @Override
    public void add(Session session) {
        sessions.add(session); // even twice, so that a test can see it
    }

    @Override
    public void remove(Session session) {
        sessions.remove(session);
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
