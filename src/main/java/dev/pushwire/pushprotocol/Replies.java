package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.OutboundMessage;
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
        append(reply);
        if (lines.length() >= ENOUGH) {
            flush();
        }
    }

    /** The same, and sends what there is without waiting, for a caller that holds a lock. */
    void addAndFlush(String reply) {
        append(reply);
        session.sendUnpaced(OutboundMessage.text(lines.toString()));
        lines.setLength(0);
    }

    private void append(String reply) {
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
