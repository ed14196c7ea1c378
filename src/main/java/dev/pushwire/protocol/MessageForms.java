package dev.pushwire.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Makes the forms of messages in the body of a response, see {@link Framing.Form}. */
final class MessageForms {
    private static final byte[] NOTHING = {};
    private static final byte LINE_FEED = '\n';
    private static final byte[] END_OF_LINE = {LINE_FEED};
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] END_OF_EVENT = {LINE_FEED, LINE_FEED};

    /** No event is pending when it comes, so its empty line makes a client lose nothing. */
    private static final byte[] COMMENT = {':', LINE_FEED, LINE_FEED};

    private static final byte[] END_OF_RECORD = {0x1E};
    private static final byte[] BINARY_RECORD = {'b'};

    private MessageForms() {}

    /** @param message only the first message of a unit counts */
    static Message of(Message message, Framing.Form form) {
        return switch (form) {
            case PLAIN -> message;
            case LINES -> message.aloneIn(NOTHING, END_OF_LINE);
            case EVENTS -> event(message);
            case RECORDS -> message.type() == Opcode.TEXT ? message.aloneIn(NOTHING, END_OF_RECORD) : binary(message);
        };
    }

    /** Most events have one line, and share their content with all other encodings. */
    private static Message event(Message message) {
        if (message.length() == 0) {
            return message.aloneIn(NOTHING, COMMENT);
        }
        ByteBuffer content = message.payload();
        int breaks = lineFeeds(content);
        if (breaks == 0) {
            return message.aloneIn(DATA, END_OF_EVENT);
        }
        ByteBuffer event = ByteBuffer.allocate(content.remaining() + (breaks + 1) * DATA.length + END_OF_EVENT.length);
        event.put(DATA);
        while (content.hasRemaining()) {
            byte next = content.get();
            event.put(next);
            if (next == LINE_FEED) {
                event.put(DATA);
            }
        }
        return Message.of(message.type(), event.put(END_OF_EVENT).flip());
    }

    private static int lineFeeds(ByteBuffer content) {
        int count = 0;
        for (int i = content.position(); i < content.limit(); i++) {
            count += content.get(i) == LINE_FEED ? 1 : 0;
        }
        return count;
    }

    private static Message binary(Message message) {
        ByteBuffer base64 = Base64.getEncoder().encode(message.payload());
        return Message.of(Opcode.TEXT, base64).aloneIn(BINARY_RECORD, END_OF_RECORD);
    }
}
