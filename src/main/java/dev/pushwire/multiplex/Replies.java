package dev.pushwire.multiplex;

import dev.pushwire.endpoint.Session;

/** Answers to the commands of one message, several of which ride in one message back. */
final class Replies {
    private final Session session;
    private final StringBuilder lines = new StringBuilder();

    Replies(Session session) {
        this.session = session;
    }

    void add(String reply) {
        if (!lines.isEmpty()) {
            lines.append('\n');
        }
        lines.append(reply);
    }

    /** Sends what there is, before anything else is sent. */
    void flush() {
        if (!lines.isEmpty()) {
            session.send(lines.toString());
            lines.setLength(0);
        }
    }
}
