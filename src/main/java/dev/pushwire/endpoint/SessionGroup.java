package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group of sessions that get the same messages. Thread-safe. A message to the group is encoded once and handed to
 * each event loop once, whatever the number of members.
 *
 * <p>Each member gets the messages of one sending thread in the order in which it sent them. A callback on the
 * session's own event loop joins and leaves at once. When another thread adds or removes a session, that takes effect
 * before the thread's next call to this group.
 */
public interface SessionGroup {
    /** Adds a session. Does nothing if the session is a member already, or is closed. */
    void add(Session session);

    /** Removes a session. An endpoint calls this in {@code onClose}. */
    void remove(Session session);

    /**
     * How many members the group has now, without those whose connection is ending. After {@code send}, this does not
     * count sessions that the service closed before the message reached them.
     */
    int size();

    /**
     * Sends to every member. A thread that sends faster than the event loops deliver has to wait for them. An event
     * loop does not wait: instead it stops reading from the connection whose message it handles, until the other loops
     * have caught up.
     */
    void send(OutboundMessage message);

    /** Sends to every member of this group and of the others, once to each session. */
    default void send(OutboundMessage message, List<SessionGroup> others) {
        send(message, others, Set.of());
    }

    /**
     * Sends to every member of this group and of the others, once to each session, except to some.
     *
     * @param except sessions that are sent nothing; the set must not change any more
     */
    void send(OutboundMessage message, List<SessionGroup> others, Set<Session> except);

    /**
     * Sends one message to each member of this group and of the others. A session that is in several groups gets the
     * message of the first one.
     *
     * @param message to the members of this group, which counts as the first
     */
    void sendFirst(OutboundMessage message, List<Addressed> others);

    /** Closes the connection of every member, as {@link Session#close(CloseStatus)} does. */
    void close(CloseStatus status);

    /**
     * A message to the members of a group.
     *
     * @param group a group of the same factory as the others in the call
     */
    record Addressed(SessionGroup group, OutboundMessage message) {}

    /** Makes groups. The application injects it as a bean. */
    interface Factory {
        /** Makes an empty group. */
        default SessionGroup create() {
            return create(_ -> {});
        }

        /**
         * Makes an empty group.
         *
         * @param listener is told of each change of the group's {@link #size}
         */
        SessionGroup create(Listener listener);

        /**
         * Makes an empty group whose {@code send} never waits, for a sender that holds a lock. The sender calls
         * {@link #awaitRoom} on the same thread before it takes the lock.
         *
         * @param listener is told of each change of the group's {@link #size}
         */
        default SessionGroup createUnpaced(Listener listener) {
            return create(listener);
        }

        /**
         * Waits while too much of what this thread has sent is still on its way, as {@code send} does by itself in
         * groups that are not unpaced. It does not wait for messages of other threads to other event loops. On an event
         * loop's thread it returns at once. If a loop is stuck, it returns after a second.
         */
        default void awaitRoom() {
            Runnable wait = heldBack();
            if (wait != null) {
                wait.run();
            }
        }

        /**
         * Prepares the wait of {@link #awaitRoom} for another thread, if this thread must not wait itself. The result
         * waits on the thread that runs it. From now on, this thread itself need not wait for that.
         *
         * @return null if there is nothing to wait for
         */
        default @Nullable Runnable heldBack() {
            return null;
        }
    }

    /**
     * Is told how a group grows and shrinks. It is called on any thread, also on an event loop's, and must neither wait
     * nor throw.
     */
    @FunctionalInterface
    interface Listener {
        /** @param change 1 or -1 */
        void sized(int change);
    }
}
