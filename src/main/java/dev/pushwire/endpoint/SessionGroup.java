package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * How many sessions are in the group now, without those whose connection ends. Asked after {@code send}, it counts no session
     * that the service closed before the message reached it.
     */
    int size();

    /**
     * Sends to every member. A thread that sends faster than the event loops deliver waits for them; on an event loop, the
     * connection whose message is handled is not read from until they have caught up.
     */
    void send(OutboundMessage message);

    /** Sends to every member of this group and of others, once to each session. */
    default void send(OutboundMessage message, List<SessionGroup> others) {
        send(message, others, Set.of());
    }

    /**
     * Sends to every member of this group and of others, once to each session, but not to these.
     *
     * @param except must not change any more
     */
    void send(OutboundMessage message, List<SessionGroup> others, Set<Session> except);

    /**
     * Sends to every member of this group and of others, one message to each session: that of the first group that it is in.
     *
     * @param message to the members of this group, which is the first
     */
    void sendFirst(OutboundMessage message, List<Addressed> others);

    /** Closes every member's connection, as {@link Session#close(CloseStatus)} does. */
    void close(CloseStatus status);

    /**
     * A message for the members of a group.
     *
     * @param group made by the same factory as those that it is sent to together with
     */
    record Addressed(SessionGroup group, OutboundMessage message) {}

    /** Makes groups; a bean of the application. */
    interface Factory {
        /** An empty group. */
        default SessionGroup create() {
            return create(_ -> {});
        }

        /**
         * An empty group.
         *
         * @param listener is told of each change of its {@link #size}
         */
        SessionGroup create(Listener listener);

        /**
         * An empty group whose {@code send} never waits, for a sender that holds a lock. Before it takes the lock, and on the
         * thread that sends, it calls {@link #awaitRoom}.
         *
         * @param listener is told of each change of its {@link #size}
         */
        default SessionGroup createUnpaced(Listener listener) {
            return create(listener);
        }

        /**
         * Waits while too much of what this thread has sent is still under way, as {@code send} does itself in groups that are
         * not unpaced. What other threads have sent to other event loops is not waited for. Returns at once on an event loop's
         * thread, and after a second if a loop is stuck.
         */
        default void awaitRoom() {
            Runnable wait = heldBack();
            if (wait != null) {
                wait.run();
            }
        }

        /**
         * For a thread that does not wait itself: does what {@link #awaitRoom} would do on this thread, on whichever thread it is
         * run. What it waits for is this thread's no more.
         *
         * @return null when there is nothing to wait for
         */
        default @Nullable Runnable heldBack() {
            return null;
        }
    }

    /** Is told how a group grows and shrinks. On any thread, an event loop's among them: must neither wait nor throw. */
    @FunctionalInterface
    interface Listener {
        /** @param change 1 or -1 */
        void sized(int change);
    }
}
