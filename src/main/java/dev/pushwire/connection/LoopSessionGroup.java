package dev.pushwire.connection;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.EncodedFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A group kept in one part for each event loop, which that loop's thread alone touches: a message is one task a loop. */
final class LoopSessionGroup implements SessionGroup {
    private final List<Part> parts;

    LoopSessionGroup(List<EventLoop> loops) {
        this.parts = loops.stream().map(Part::new).toList();
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
        for (Part part : parts) {
            sum += part.size.get();
        }
        return sum;
    }

    @Override
    public void send(OutboundMessage message) {
        long publishedAt = EventLoop.time();
        for (Part part : parts) {
            part.send(message.frame(), publishedAt);
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
            parts.get(i)
                    .send(groups.stream().map(group -> group.parts.get(loop)).toList(), message.frame(), publishedAt);
        }
    }

    @Override
    public void close(CloseStatus status) {
        for (Part part : parts) {
            part.close(status);
        }
    }

    private static LoopSessionGroup ours(SessionGroup group) {
        if (group instanceof LoopSessionGroup ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a group of this service: " + group);
    }

    private Part partOf(Connection connection) {
        return parts.get(connection.loop().index());
    }

    private static Connection connection(Session session) {
        if (session instanceof ConnectionSession ours) {
            return ours.connection();
        }
        throw new IllegalArgumentException("Not a session of this service: " + session);
    }

    /** The members on one loop. */
    static final class Part {
        private final EventLoop loop;
        private final Set<Connection> members = Collections.newSetFromMap(new IdentityHashMap<>(4));
        /**
         * Members, and those about to be: counted where they are added, so that no message to come passes them by. Not those
         * whose connection ends: see {@link #discount}.
         */
        private final AtomicInteger size = new AtomicInteger();

        Part(EventLoop loop) {
            this.loop = loop;
        }

        void add(Connection connection) {
            size.incrementAndGet();
            loop.run(() -> {
                if (connection.isOpen() && !connection.session().isLeaving() && members.add(connection)) {
                    connection.session().joined(this);
                } else {
                    size.decrementAndGet();
                }
            });
        }

        /**
         * A member's connection ends. From here on it counts no more, yet it may get what is on its way to this loop already:
         * a Close of the service's own is a task behind those, so whoever saw it counted after sending has reached it.
         */
        void discount() {
            size.decrementAndGet();
        }

        void remove(Connection connection) {
            loop.run(() -> {
                if (members.remove(connection) && !connection.session().isLeaving()) {
                    connection.session().left(this);
                    size.decrementAndGet();
                }
            });
        }

        void send(EncodedFrame frame, long publishedAt) {
            if (size.get() > 0) {
                carry(frame, () -> deliver(frame, publishedAt, List.of()));
            }
        }

        /** To the members of several parts of the same loop, this one among them. */
        void send(List<Part> all, EncodedFrame frame, long publishedAt) {
            List<Part> used = all.stream().filter(part -> part.size.get() > 0).toList();
            if (!used.isEmpty()) {
                carry(frame, () -> {
                    for (int i = 0; i < used.size(); i++) {
                        used.get(i).deliver(frame, publishedAt, used.subList(0, i));
                    }
                });
            }
        }

        /** A thread that sends faster than the loop delivers waits for it, as with a single session. */
        private void carry(EncodedFrame frame, Runnable delivery) {
            if (loop.inLoop()) {
                delivery.run();
            } else {
                loop.inflow().carry(frame.size(), delivery);
            }
        }

        private void deliver(EncodedFrame frame, long publishedAt, List<Part> served) {
            loop.publishLatency().handedOver(publishedAt);
            for (Iterator<Connection> all = members.iterator(); all.hasNext(); ) {
                Connection member = all.next();
                if (!member.isOpen()) {
                    all.remove(); // its endpoint will do so too, or has forgotten to; it counts no more already
                } else if (served.isEmpty() || served.stream().noneMatch(part -> part.members.contains(member))) {
                    member.out().send(frame);
                }
            }
        }

        void close(CloseStatus status) {
            loop.execute(() -> {
                for (Connection member : members) {
                    member.end(new Ending.AppClosed(status));
                }
            });
        }
    }
}
