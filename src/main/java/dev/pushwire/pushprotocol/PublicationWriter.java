package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicPattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes a publication as one line of UTF-8. Payloads may be large and many, so their bytes are copied only once, into
 * an array of exactly the right size.
 */
final class PublicationWriter {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** The characters below 0x20 that have an escape of two characters, from 8 on: {@code \b \t \n}, none, {@code \f \r}. */
    private static final String SHORT_ESCAPES = "btn fr";

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private PublicationWriter() {}

    static ByteBuffer write(Publication publication) {
        return write(publication, "{");
    }

    /** Writes a publication without its first brace, to follow {@link #beginning}. */
    static ByteBuffer writeBehindBrace(Publication publication) {
        return write(publication, "");
    }

    /** The beginning of a publication that came by a pattern. A pattern has nothing to escape. */
    static byte[] beginning(TopicPattern pattern) {
        return ("{\"subscription\":\"" + pattern.value() + "\",").getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer write(Publication publication, String beginning) {
        byte[] head = head(publication, beginning);
        Payload payload = publication.payload();
        ByteBuffer content = payload.bytes();
        boolean isJson = payload.kind() == Payload.Kind.JSON && mayStandInJson(content);
        int size = size(payload, isJson, content);
        ByteBuffer line = ByteBuffer.allocate(head.length + size + 1);
        line.put(head);
        if (isJson) {
            putInOneLine(line, content);
        } else {
            line.put((byte) '"');
            if (payload.kind() == Payload.Kind.BINARY) {
                line.put(Base64.getEncoder().encode(content));
            } else if (size == content.remaining() + 2) { // nothing to escape, as in most texts
                line.put(content);
            } else {
                putEscaped(line, content);
            }
            line.put((byte) '"');
        }
        return line.put((byte) '}').flip();
    }

    /** Everything before the data. Neither topics nor epochs have anything to escape. */
    private static byte[] head(Publication publication, String beginning) {
        StringBuilder head = new StringBuilder(160)
                .append(beginning)
                .append("\"type\":\"publication\",\"topic\":\"")
                .append(publication.topic().value())
                .append("\",\"epoch\":\"")
                .append(publication.position().epoch())
                .append("\",\"offset\":")
                .append(publication.offset())
                .append(field("key", publication.key()))
                .append(field("traceparent", publication.traceparent()));
        if (publication.payload().kind() == Payload.Kind.BINARY) {
            head.append(",\"encoding\":\"base64\"");
        }
        return head.append(",\"data\":").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String field(String name, @Nullable String text) {
        if (text == null) {
            return "";
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        ByteBuffer escaped = ByteBuffer.allocate(escapedSize(bytes));
        putEscaped(escaped, bytes);
        return ",\"" + name + "\":\"" + StandardCharsets.UTF_8.decode(escaped.flip()) + '"';
    }

    /** The size of the data, with its quotes. */
    private static int size(Payload payload, boolean isJson, ByteBuffer content) {
        if (isJson) {
            return content.remaining();
        }
        int string =
                payload.kind() == Payload.Kind.BINARY ? 4 * Math.ceilDiv(content.remaining(), 3) : escapedSize(content);
        return string + 2;
    }

    /**
     * Whether the content may be written as JSON. Nodes that check less may publish JSON that is empty, or begins with
     * a byte order mark.
     */
    private static boolean mayStandInJson(ByteBuffer content) {
        for (int i = 0; i < content.limit(); i++) {
            if (content.get(i) > ' ' || content.get(i) < 0) {
                return content.limit() < BYTE_ORDER_MARK.length
                        || !content.slice(0, BYTE_ORDER_MARK.length).equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
            }
        }
        return false;
    }

    /** In JSON a line break is white space, or written as an escape. */
    private static void putInOneLine(ByteBuffer line, ByteBuffer content) {
        int begin = line.position();
        line.put(content);
        for (int i = begin; i < line.position(); i++) {
            byte c = line.get(i);
            if (c == '\n' || c == '\r') {
                line.put(i, (byte) ' ');
            }
        }
    }

    private static int escapedSize(ByteBuffer text) {
        int size = 0;
        for (int i = 0; i < text.limit(); i++) {
            byte c = text.get(i);
            size += c == '"' || c == '\\' ? 2 : !isControl(c) ? 1 : hasShortEscape(c) ? 2 : 6;
        }
        return size;
    }

    /** Writes the bytes of a JSON string with their escapes (RFC 8259, section 7). */
    private static void putEscaped(ByteBuffer line, ByteBuffer text) {
        for (int i = 0; i < text.limit(); i++) {
            byte c = text.get(i);
            if (c == '"' || c == '\\') {
                line.put((byte) '\\').put(c);
            } else if (!isControl(c)) {
                line.put(c);
            } else if (hasShortEscape(c)) {
                line.put((byte) '\\').put((byte) SHORT_ESCAPES.charAt(c - '\b'));
            } else {
                line.put((byte) '\\').put((byte) 'u').put((byte) '0').put((byte) '0');
                line.put(DIGITS[c >> 4]).put(DIGITS[c & 0xF]);
            }
        }
    }

    private static boolean isControl(byte c) {
        return c >= 0 && c < ' ';
    }

    private static boolean hasShortEscape(byte c) {
        return c >= '\b' && c <= '\r' && c != 0x0B;
    }
}
