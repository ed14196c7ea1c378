package dev.pushwire.connection;

import dev.pushwire.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Messages for several groups on one event loop, of which a member gets that of the first group that it is in. Made by the sender;
 * then the loop's.
 */
final class FirstOf {
    private final List<LoopShard> parts = new ArrayList<>(2);
    private final List<Message> messages = new ArrayList<>(2);
    private int size;

    /** @param part behind those that were added before */
    void add(LoopShard part, Message message) {
        parts.add(part);
        messages.add(message);
        size = Math.max(size, message.size());
    }

    List<LoopShard> parts() {
        return parts;
    }

    /** Of the largest of them, in bytes. */
    int size() {
        return size;
    }

    /** To a member of one part at least: it is brought up to date before it joins or leaves another. */
    void deliver(Connection member) {
        Memberships in = Objects.requireNonNull(member.session().memberships());
        int first = 0;
        while (!in.isIn(parts.get(first))) {
            first++;
        }
        member.out().broadcast(messages.get(first));
    }
}
