package dev.pushwire.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes one block of an event stream (HTML, section 9.2.5): its fields, one a line, up to the empty line that ends it.
 * Not thread-safe; for one block.
 */
final class EventBlock {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /** Sets the id: the position of a client that has got this block. It has no line breaks. */
    EventBlock id(String id) {
        return field("id", id);
    }

    /** Sets the type of the event, which has no line breaks. Without a type, the event is a {@code message}. */
    EventBlock event(String type) {
        return field("event", type);
    }

    /** Sets how long a client waits before it connects again. */
    EventBlock retry(long millis) {
        return field("retry", Long.toString(millis));
    }

    /** Adds an empty comment. */
    EventBlock comment() {
        return line(":");
    }

    /** Adds text without line breaks. */
    EventBlock data(String text) {
        return field("data", text);
    }

    /**
     * Adds any text, in UTF-8, from position to limit, with a field for each of its lines. A line ends with CR LF, LF
     * or CR. A client reads LF between two lines.
     */
    EventBlock data(ByteBuffer text) {
        byte[] utf8 = new byte[text.remaining()];
        text.get(text.position(), utf8);
        int from = 0;
        for (int at = 0; at < utf8.length; at++) {
            if (utf8[at] == '\n' || utf8[at] == '\r') {
                data(utf8, from, at);
                if (utf8[at] == '\r' && at + 1 < utf8.length && utf8[at + 1] == '\n') {
                    at++;
                }
                from = at + 1;
            }
        }
        return data(utf8, from, utf8.length);
    }

    private EventBlock data(byte[] utf8, int from, int end) {
        bytes.writeBytes(DATA);
        bytes.write(utf8, from, end - from);
        bytes.write('\n');
        return this;
    }

    private EventBlock field(String name, String value) {
        return line(name + ": " + value);
    }

    private EventBlock line(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
        return this;
    }

    /** The block, with the empty line that makes a client take it. */
    ByteBuffer end() {
        bytes.write('\n');
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
