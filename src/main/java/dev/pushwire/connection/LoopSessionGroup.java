package dev.pushwire.connection;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.EncodedFrame;
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
            if (size.get() == 0) {
                return;
            }
            if (loop.inLoop()) {
                deliver(frame, publishedAt);
            } else {
                loop.inflow().carry(frame.size(), () -> deliver(frame, publishedAt));
            }
        }

        private void deliver(EncodedFrame frame, long publishedAt) {
            loop.publishLatency().handedOver(publishedAt);
            for (Iterator<Connection> all = members.iterator(); all.hasNext(); ) {
                Connection member = all.next();
                if (member.isOpen()) {
                    member.out().send(frame);
                } else {
                    all.remove(); // its endpoint will do so too, or has forgotten to; it counts no more already
                }
            }
        }
    }
}
