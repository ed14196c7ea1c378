package dev.pushwire.multiplex;

import dev.pushwire.endpoint.Session;

/** Answers to the commands of one message, several of which ride in one message back. */
final class Replies {
    /** In characters. A message may bring many commands, and an answer may be long: they are not gathered without end. */
    private static final int ENOUGH = 32 * 1024;

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
        if (lines.length() >= ENOUGH) {
            flush();
        }
    }

    /** Sends what there is, before anything else is sent. */
    void flush() {
        if (!lines.isEmpty()) {
            session.send(lines.toString());
            lines.setLength(0);
        }
    }
}
