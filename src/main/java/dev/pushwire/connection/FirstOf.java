package dev.pushwire.connection;

import dev.pushwire.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Messages for several groups on one event loop. A member gets the message of the first group that it is in. The sender
 * makes the object; from then on it belongs to the loop.
 */
final class FirstOf {
    private final List<LoopShard> parts = new ArrayList<>(2);
    private final List<Message> messages = new ArrayList<>(2);
    private int size;

    /** @param part a group's part on the loop, which comes after those added before */
    void add(LoopShard part, Message message) {
        parts.add(part);
        messages.add(message);
        size = Math.max(size, message.size());
    }

    List<LoopShard> parts() {
        return parts;
    }

    /** The size of the largest message, in bytes. */
    int size() {
        return size;
    }

    /**
     * Gives a member of at least one part its message. A member is brought up to date before it joins or leaves another
     * part.
     */
    void deliver(Connection member) {
        Memberships in = Objects.requireNonNull(member.session().memberships());
        int first = 0;
        while (!in.isIn(parts.get(first))) {
            first++;
        }
        member.out().broadcast(messages.get(first));
    }
}
