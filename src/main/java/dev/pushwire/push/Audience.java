package dev.pushwire.push;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Subscribers of one kind. Thread-safe, without locks.
 *
 * @param members who is in. The group itself cannot tell: an event loop takes a session in a little later than another
 *     thread asks for it, and a group that looked empty meanwhile would be dropped with that session inside.
 */
record Audience(MessageFormat format, SessionGroup group, Set<Session> members) {
    Audience(MessageFormat format, SessionGroup group) {
        this(format, group, ConcurrentHashMap.newKeySet(2));
    }

    /** @return whether the session was not in before, and is open */
    boolean add(Session session) {
        if (!members.add(session)) {
            return false;
        }
        group.add(session);
        if (session.isOpen()) {
            return true;
        }
        remove(session); // its endpoint may have been told so before it was in, and would leave it here
        return false;
    }

    /** @return whether the session was in */
    boolean remove(Session session) {
        if (!members.contains(session)) {
            return false;
        }
        // The group first: an audience without members is passed over, and its last member would miss only some of what
        // comes.
        group.remove(session);
        return members.remove(session);
    }

    int size() {
        return members.size();
    }

    /** How many get what is sent: not those whose connection ends, who are still in. To be asked after sending. */
    int listeners() {
        return group.size();
    }
}
