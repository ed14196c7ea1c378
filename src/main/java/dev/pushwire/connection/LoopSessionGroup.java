package dev.pushwire.connection;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A group kept in one part for each event loop, which that loop's thread alone touches: a message is one task a loop. */
final class LoopSessionGroup implements SessionGroup {
    private final List<EventLoop> loops;
    private final List<GroupPart> parts;
    private final boolean paced;

    /** @param paced whether a thread that sends faster than a loop delivers waits in {@code send} */
    LoopSessionGroup(List<EventLoop> loops, boolean paced) {
        this.loops = loops;
        this.parts = loops.stream().map(GroupPart::new).toList();
        this.paced = paced;
    }

    @Override
    public void add(Session session) {
        Connection connection = connection(session);
        partOf(connection).add(connection);
    }

    @Override
    public void remove(Session session) {
        Connection connection = connection(session);
        partOf(connection).remove(connection);
    }

    @Override
    public int size() {
        int sum = 0;
        for (GroupPart part : parts) {
            sum += part.size();
        }
        return sum;
    }

    @Override
    public void send(OutboundMessage message) {
        long publishedAt = EventLoop.time();
        for (int i = 0; i < parts.size(); i++) {
            GroupPart part = parts.get(i);
            if (part.size() > 0) {
                send(loops.get(i), List.of(part), message.frame(), publishedAt);
            }
        }
    }

    @Override
    public void send(OutboundMessage message, List<SessionGroup> others) {
        List<LoopSessionGroup> groups = new ArrayList<>();
        groups.add(this);
        for (SessionGroup other : others) {
            groups.add(ours(other));
        }
        long publishedAt = EventLoop.time();
        for (int i = 0; i < parts.size(); i++) {
            int loop = i;
            List<GroupPart> used = groups.stream()
                    .map(group -> group.parts.get(loop))
                    .filter(part -> part.size() > 0)
                    .distinct()
                    .toList();
            if (!used.isEmpty()) {
                send(loops.get(i), used, message.frame(), publishedAt);
            }
        }
    }

    private void send(EventLoop loop, List<GroupPart> to, EncodedFrame frame, long publishedAt) {
        Consumer<Connection> deliver = member -> member.out().broadcast(frame);
        Broadcast broadcast = new Broadcast(to, deliver, loop.inflow().depart(frame.size()), publishedAt);
        loop.run(() -> loop.broadcasts().begin(broadcast));
        loop.inflow().holdBack(paced);
    }

    @Override
    public void close(CloseStatus status) {
        long now = EventLoop.time();
        for (int i = 0; i < parts.size(); i++) {
            EventLoop loop = loops.get(i);
            Consumer<Connection> end = member -> {
                loop.broadcasts().passOver(member);
                member.end(new Ending.AppClosed(status));
            };
            Broadcast broadcast =
                    new Broadcast(List.of(parts.get(i)), end, loop.inflow().depart(0), now);
            loop.run(() -> loop.broadcasts().begin(broadcast));
        }
    }

    private static LoopSessionGroup ours(SessionGroup group) {
        if (group instanceof LoopSessionGroup ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a group of this service: " + group);
    }

    private GroupPart partOf(Connection connection) {
        return parts.get(connection.loop().index());
    }

    private static Connection connection(Session session) {
        if (session instanceof ConnectionSession ours) {
            return ours.connection();
        }
        throw new IllegalArgumentException("Not a session of this service: " + session);
    }
}
