package dev.pushwire.testing;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** A group that does everything at once, on the caller's thread. */
final class RecordingGroup implements SessionGroup {
    private final Set<RecordingSession> members = new CopyOnWriteArraySet<>();
    private final Listener listener;

    RecordingGroup(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void add(Session session) {
        RecordingSession member = ours(session);
        if (member.isOpen() && members.add(member)) {
            listener.sized(1);
            member.entered(this);
        }
    }

    @Override
    public void remove(Session session) {
        RecordingSession member = ours(session);
        member.left(this);
        if (members.remove(member)) {
            listener.sized(-1);
        }
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public void send(OutboundMessage message) {
        members.forEach(member -> member.send(message));
    }

    @Override
    public void send(OutboundMessage message, List<SessionGroup> others, Set<Session> except) {
        Set<RecordingSession> all = new LinkedHashSet<>(members);
        others.forEach(other -> all.addAll(ours(other).members));
        all.removeAll(except);
        all.forEach(member -> member.send(message));
    }

    @Override
    public void sendFirst(OutboundMessage message, List<Addressed> others) {
        Set<RecordingSession> reached = new LinkedHashSet<>(members);
        members.forEach(member -> member.send(message));
        for (Addressed other : others) {
            ours(other.group()).members.stream().filter(reached::add).forEach(member -> member.send(other.message()));
        }
    }

    @Override
    public void close(CloseStatus status) {
        members.forEach(member -> member.close(status));
    }

    private static RecordingSession ours(Session session) {
        if (session instanceof RecordingSession ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a RecordingSession: " + session);
    }

    private static RecordingGroup ours(SessionGroup group) {
        if (group instanceof RecordingGroup ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a group of RecordingGroups: " + group);
    }
}
