package dev.pushwire.connection;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a group that are on no event loop: sessions around a connection, or without one. The sender's thread
 * hands them the message, and never waits for them. Thread-safe.
 */
final class OtherMembers {
    private static final Logger log = LoggerFactory.getLogger(OtherMembers.class);

    private final SessionGroup.Listener listener;
    private final Set<Session> members = ConcurrentHashMap.newKeySet();

    /** @param listener the listener of the group */
    OtherMembers(SessionGroup.Listener listener) {
        this.listener = listener;
    }

    void add(Session session) {
        if (session.isOpen() && members.add(session)) {
            listener.sized(1);
            if (!session.isOpen()) {
                remove(session); // the thread that closed it may have looked for it here before
            }
        }
    }

    void remove(Session session) {
        if (members.remove(session)) {
            listener.sized(-1);
        }
    }

    int size() {
        return members.size();
    }

    void addTo(Set<Session> all) {
        all.addAll(members);
    }

    void close(CloseStatus status) {
        members.forEach(member -> member.close(status));
    }

    /** Sends to each member. A member that fails ends, and the others still get the message. */
    static void send(OutboundMessage message, Iterable<Session> members) {
        for (Session member : members) {
            try {
                member.sendUnpaced(message);
            } catch (Throwable t) {
                log.error("A message to {} failed", member, t);
                member.close(new CloseStatus(CloseCode.INTERNAL_ERROR, "sending failed"));
            }
        }
    }

    void send(OutboundMessage message) {
        send(message, members);
    }
}
