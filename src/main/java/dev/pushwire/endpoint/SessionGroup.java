package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.util.List;

/**
 * Sessions that get the same messages. Thread-safe. A message sent to the group is encoded once and handed to each event
 * loop once, whatever the number of members.
 *
 * <p>Each member gets the messages of one sending thread in the order they were sent. Joining and leaving from a callback
 * on the session's own event loop take effect at once, from any other thread before whatever that thread does to this
 * group next.
 */
public interface SessionGroup {
    /** Adds a session; one that is already in, or closed, is not added. */
    void add(Session session);

    /** Takes a session out; an endpoint does so in {@code onClose}. */
    void remove(Session session);

    /**
     * How many sessions are in the group now, without those whose connection ends. Asked after {@code send}, it counts nobody
     * whom the service closed before the message reached him.
     */
    int size();

    /** Sends to every member. */
    void send(OutboundMessage message);

    /** Sends to every member of this group and of others, once to each session. */
    void send(OutboundMessage message, List<SessionGroup> others);

    /** Closes every member's connection, as {@link Session#close(CloseStatus)} does. */
    void close(CloseStatus status);

    /** Makes groups; a bean of the application. */
    interface Factory {
        /** An empty group. */
        SessionGroup create();
    }
}
