package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Session groups by name, each made for the first session that joins and dropped with the last one that leaves.
 * Thread-safe; a name is locked while a session joins or leaves it, never for a message.
 */
public final class SessionGroups {
    private final SessionGroup.Factory factory;
    private final ConcurrentHashMap<String, Group> groups = new ConcurrentHashMap<>();
    private final LongAdder totalSize = new LongAdder();

    public SessionGroups(SessionGroup.Factory factory) {
        this.factory = factory;
    }

    /**
     * Adds a session to the group of this name; one that is in it already stays in once. Each session that joins has to
     * {@link #leave}, in {@code onClose} at the latest.
     *
     * @return the group, the same for all until this session leaves: who sends often may keep it and save the lookup
     */
    public SessionGroup join(String name, Session session) {
        Group joined = groups.compute(name, (key, present) -> {
            Group group = present == null ? new Group(factory.create(), ConcurrentHashMap.newKeySet()) : present;
            if (group.members.add(session)) {
                totalSize.increment();
                group.sessions.add(session);
            }
            return group;
        });
        return joined.sessions;
    }

    /** Takes a session out of the group of this name; does nothing when it is not in it. */
    public void leave(String name, Session session) {
        groups.computeIfPresent(name, (key, group) -> {
            if (group.members.remove(session)) {
                totalSize.decrement();
                group.sessions.remove(session);
            }
            return group.members.isEmpty() ? null : group;
        });
    }

    /**
     * Sends to the sessions of a group.
     *
     * @return how many sessions those are; 0 when nobody has joined
     */
    public int send(String name, OutboundMessage message) {
        Group group = groups.get(name);
        if (group == null) {
            return 0;
        }
        group.sessions.send(message);
        return group.sessions.size(); // asked now that it is on its way, so all whom it counts get it
    }

    /** How many sessions are in a group now. */
    public int size(String name) {
        Group group = groups.get(name);
        return group == null ? 0 : group.members.size();
    }

    /** How many groups there are now. */
    public int count() {
        return groups.size();
    }

    /** How many sessions are in all groups now; one that is in several counts for each. */
    public long totalSize() {
        return totalSize.sum();
    }

    /** The names in use now, sorted, each with the number of its sessions; a copy. */
    public SortedMap<String, Integer> sizes() {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        for (Map.Entry<String, Group> entry : groups.entrySet()) {
            int size = entry.getValue().members.size();
            if (size > 0) { // 0: the last one is just leaving
                sizes.put(entry.getKey(), size);
            }
        }
        return sizes;
    }

    /**
     * @param members who has joined. The group itself cannot tell: an event loop takes a session in a little later than
     *     another thread asks for it, and a group that looked empty meanwhile would be dropped with that session inside.
     */
    private record Group(SessionGroup sessions, Set<Session> members) {}
}
