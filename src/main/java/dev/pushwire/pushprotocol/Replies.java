package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;

/** The answers to the commands of one message. Several of them go back in one message. */
final class Replies {
    /** How many characters are gathered at most, since a message may bring many commands, and an answer may be long. */
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

    /** Adds an answer, and sends all without waiting, for a caller that holds a lock. */
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

    /** Sends the gathered answers, before anything else is sent. */
    void flush() {
        if (!lines.isEmpty()) {
            session.send(lines.toString());
            lines.setLength(0);
        }
    }
}
