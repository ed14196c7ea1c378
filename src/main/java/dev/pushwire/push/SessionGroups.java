package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Session groups by name. A group is made for the first session that joins, and dropped when its last session has left.
 * Only the groups know their members. Thread-safe; a name is locked while a session joins or leaves, and never for a
 * message.
 */
public final class SessionGroups {
    private final SessionGroup.Factory factory;
    private final ConcurrentHashMap<String, Named> groups = new ConcurrentHashMap<>();
    private final LongAdder totalSize = new LongAdder();

    public SessionGroups(SessionGroup.Factory factory) {
        this.factory = factory;
    }

    /**
     * Adds a session to the group of this name. Does nothing if it is a member already. Each session that joins must
     * {@link #leave}, in {@code onClose} at the latest.
     *
     * @return the group. It stays the same until this session leaves, so a frequent sender may keep it and save the
     *     lookup
     */
    public SessionGroup join(String name, Session session) {
        while (true) {
            Named group = groups.computeIfAbsent(name, Named::new);
            if (group.add(session)) {
                return group.sessions;
            }
        }
    }

    /** Removes a session from the group of this name. Does nothing if it is not a member. */
    public void leave(String name, Session session) {
        Named group = groups.get(name);
        if (group != null) {
            group.sessions.remove(session);
        }
    }

    /**
     * Sends to the sessions of a group.
     *
     * @return how many sessions the message was sent to; 0 if the group has none
     */
    public int send(String name, OutboundMessage message) {
        Named group = groups.get(name);
        if (group == null) {
            return 0;
        }
        group.sessions.send(message);
        return group.sessions.size(); // asked now that it is on its way, so all members counted get it
    }

    /** How many sessions are in a group now. */
    public int size(String name) {
        Named group = groups.get(name);
        return group == null ? 0 : group.sessions.size();
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
        for (Map.Entry<String, Named> entry : groups.entrySet()) {
            int size = entry.getValue().sessions.size();
            if (size > 0) { // 0: the last one is just leaving
                sizes.put(entry.getKey(), size);
            }
        }
        return sizes;
    }

    /**
     * A group and its count. The count includes sessions that an event loop is yet to take in, so a group with one of
     * them on the way is not dropped.
     */
    private final class Named implements SessionGroup.Listener {
        private final String name;
        private final SessionGroup sessions;
        private boolean dropped; // guarded by this

        Named(String name) {
            this.name = name;
            this.sessions = factory.create(this);
        }

        /** @return false if there is, or will be, another group of this name */
        synchronized boolean add(Session session) {
            if (dropped) {
                return false;
            }
            sessions.add(session);
            dropIfEmpty(); // a session that is closed is not added
            return true;
        }

        @Override
        public void sized(int change) {
            totalSize.add(change);
            if (change < 0) {
                dropIfEmpty();
            }
        }

        private synchronized void dropIfEmpty() {
            if (sessions.size() == 0) {
                dropped = true;
                groups.remove(name, this);
            }
        }
    }
}
