package dev.pushwire.connection;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group with one part for each event loop. Only that loop's thread touches the part, so a message is one task for
 * each loop. A part is made for the first member on its loop.
 */
final class LoopSessionGroup implements SessionGroup {
    private final boolean paced;
    private final Listener listener;
    private volatile @Nullable LoopShard parts; // the last part, linked to earlier ones. Written under the lock
    private volatile @Nullable OtherMembers others; // made for the first other member. Written under the lock

    /**
     * @param paced whether {@code send} makes a thread wait that sends faster than a loop delivers
     * @param listener is told of each member that comes or goes
     */
    LoopSessionGroup(boolean paced, Listener listener) {
        this.paced = paced;
        this.listener = listener;
    }

    @Override
    public void add(Session session) {
        if (session instanceof ConnectionSession ours) {
            partOn(ours.loop()).add(ours);
        } else {
            others().add(session); // it is on no event loop
        }
    }

    @Override
    public void remove(Session session) {
        OtherMembers besides = others;
        if (session instanceof ConnectionSession ours) {
            LoopShard part = madeFor(ours.loop());
            if (part != null) {
                part.remove(ours);
            }
        } else if (besides != null) {
            besides.remove(session);
        }
    }

    @Override
    public int size() {
        OtherMembers besides = others;
        int sum = besides == null ? 0 : besides.size();
        for (LoopShard part = parts; part != null; part = part.before()) {
            sum += part.size();
        }
        return sum;
    }

    @Override
    public void send(OutboundMessage message) {
        long publishedAt = EventLoop.time();
        for (LoopShard part = parts; part != null; part = part.before()) {
            if (part.size() > 0) {
                send(part.loop(), List.of(part), message.message(), Set.of(), publishedAt);
            }
        }
        OtherMembers besides = others;
        if (besides != null) {
            besides.send(message);
        }
    }

    @Override
    public void send(OutboundMessage message, List<SessionGroup> others, Set<Session> except) {
        Set<LoopSessionGroup> groups = new LinkedHashSet<>();
        groups.add(this);
        for (SessionGroup other : others) {
            groups.add(ours(other));
        }
        IdentityHashMap<EventLoop, List<LoopShard>> used = new IdentityHashMap<>();
        groups.forEach(group -> group.collectUsed(used));
        long publishedAt = EventLoop.time();
        used.forEach((loop, to) -> send(loop, to, message.message(), except, publishedAt));
        Set<Session> besides = besides(groups);
        besides.removeAll(except);
        OtherMembers.send(message, besides);
    }

    @Override
    public void sendFirst(OutboundMessage message, List<Addressed> others) {
        List<Addressed> all = new ArrayList<>(others.size() + 1);
        all.add(new Addressed(this, message));
        all.addAll(others);
        IdentityHashMap<EventLoop, FirstOf> used = new IdentityHashMap<>();
        for (Addressed each : all) {
            for (LoopShard part = ours(each.group()).parts; part != null; part = part.before()) {
                if (part.size() > 0) {
                    used.computeIfAbsent(part.loop(), _ -> new FirstOf())
                            .add(part, each.message().message());
                }
            }
        }
        long publishedAt = EventLoop.time();
        used.forEach((loop, first) -> send(loop, first.parts(), first::deliver, first.size(), publishedAt));
        Set<Session> reached = new HashSet<>();
        for (Addressed each : all) {
            Set<Session> besides = besides(Set.of(ours(each.group())));
            besides.removeIf(member -> !reached.add(member));
            OtherMembers.send(each.message(), besides);
        }
    }

    /** All other members of the groups, each once. */
    private static Set<Session> besides(Set<LoopSessionGroup> groups) {
        Set<Session> all = new LinkedHashSet<>();
        for (LoopSessionGroup group : groups) {
            OtherMembers besides = group.others;
            if (besides != null) {
                besides.addTo(all);
            }
        }
        return all;
    }

    private void collectUsed(IdentityHashMap<EventLoop, List<LoopShard>> to) {
        for (LoopShard part = parts; part != null; part = part.before()) {
            if (part.size() > 0) {
                to.computeIfAbsent(part.loop(), _ -> new ArrayList<>()).add(part);
            }
        }
    }

    private void send(EventLoop loop, List<LoopShard> to, Message message, Set<Session> except, long publishedAt) {
        Consumer<Connection> deliver = member -> member.out().broadcast(message);
        if (!except.isEmpty()) {
            Consumer<Connection> toEach = deliver;
            deliver = member -> {
                if (!except.contains(member.session())) {
                    toEach.accept(member);
                }
            };
        }
        send(loop, to, deliver, message.size(), publishedAt);
    }

    private void send(EventLoop loop, List<LoopShard> to, Consumer<Connection> deliver, int size, long publishedAt) {
        int cost = loop.backpressure().depart(size);
        Broadcast broadcast = new Broadcast(to, deliver, cost, publishedAt);
        loop.run(() -> loop.broadcasts().begin(broadcast));
        loop.backpressure().holdBack(cost, paced);
    }

    @Override
    public void close(CloseStatus status) {
        long now = EventLoop.time();
        for (LoopShard part = parts; part != null; part = part.before()) {
            EventLoop loop = part.loop();
            Consumer<Connection> end = member -> {
                loop.broadcasts().passOver(member);
                member.end(new Ending.AppClosed(status));
            };
            Broadcast broadcast =
                    new Broadcast(List.of(part), end, loop.backpressure().depart(0), now);
            loop.run(() -> loop.broadcasts().begin(broadcast));
        }
        OtherMembers besides = others;
        if (besides != null) {
            besides.close(status);
        }
    }

    private static LoopSessionGroup ours(SessionGroup group) {
        if (group instanceof LoopSessionGroup ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a group of this service: " + group);
    }

    private @Nullable LoopShard madeFor(EventLoop loop) {
        LoopShard part = parts;
        while (part != null && part.loop() != loop) {
            part = part.before();
        }
        return part;
    }

    private LoopShard partOn(EventLoop loop) {
        LoopShard made = madeFor(loop);
        return made == null ? make(loop) : made;
    }

    private synchronized LoopShard make(EventLoop loop) {
        LoopShard made = madeFor(loop);
        if (made == null) {
            made = new LoopShard(loop, parts, listener);
            parts = made;
        }
        return made;
    }

    private synchronized OtherMembers others() {
        OtherMembers made = others;
        if (made == null) {
            made = new OtherMembers(listener);
            others = made;
        }
        return made;
    }
}
