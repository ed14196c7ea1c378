package dev.pushwire.socketio;

import dev.pushwire.json.JsonRule;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the text of a packet, {@code <type>[<n>-][<namespace>,][<ack id>][<json>]}, in one pass. It refuses what the
 * reference implementation refuses, and a little more: an event or an acknowledgement needs its array, and an ack id
 * has no more digits than JavaScript counts exactly.
 */
final class PacketReader {
    /** The most attachments that clients of 4.2.6 and later take, and so send. */
    static final int MAX_ATTACHMENTS = 10;

    static final String ROOT = "/";

    /** Event names that the server or the client library uses itself. */
    static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private static final long LARGEST_ID = (1L << 53) - 1;
    private static final int LONGEST_ID = 16;
    private static final String PAYLOAD = "invalid payload";
    private static final String ATTACHMENTS = "illegal attachments";

    private final String text;
    private int at = 1;
    private int attachments;

    private PacketReader(String text) {
        this.text = text;
    }

    /**
     * @param packet the packet without its attachments
     * @param attachments how many binary messages follow
     */
    record Read(Packet packet, int attachments) {}

    static Read read(String text) throws PacketException {
        PacketReader reader = new PacketReader(text);
        return new Read(reader.packet(), reader.attachments);
    }

    private Packet packet() throws PacketException {
        char type = text.isEmpty() ? ' ' : text.charAt(0);
        if (type == '5' || type == '6') {
            attachments = attachmentCount();
        }
        return switch (type) {
            case '0' -> connect();
            case '1' -> disconnect();
            case '2', '5' -> event();
            case '3', '6' -> ack();
            case '4' -> connectError();
            default -> throw new PacketException("unknown packet type");
        };
    }

    private Packet connect() throws PacketException {
        String namespace = namespace();
        ackId(); // means nothing here, and the reference implementation ignores it
        return new Packet.Connect(namespace, at == text.length() ? null : object());
    }

    private Packet disconnect() throws PacketException {
        String namespace = namespace();
        ackId();
        if (at < text.length()) {
            throw new PacketException(PAYLOAD);
        }
        return new Packet.Disconnect(namespace);
    }

    private Packet connectError() throws PacketException {
        String namespace = namespace();
        ackId();
        String json = text.substring(at);
        try (JsonParser parser = JsonRule.parser(json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.VALUE_STRING && first != JsonToken.START_OBJECT) {
                throw new PacketException(PAYLOAD);
            }
            finish(parser, new Placeholders(0));
            return new Packet.ConnectError(namespace, json);
        } catch (JacksonException e) {
            throw new PacketException(PAYLOAD);
        }
    }

    private Packet event() throws PacketException {
        String namespace = namespace();
        long id = ackId();
        String json = text.substring(at);
        try (JsonParser parser = array(json)) {
            String name = eventName(parser);
            int from = behind(json, (int) parser.currentLocation().getCharOffset());
            finish(parser, new Placeholders(attachments));
            return new Packet.Event(namespace, id, name, new Arguments("[" + json.substring(from), List.of()));
        } catch (JacksonException e) {
            throw new PacketException(PAYLOAD);
        }
    }

    /** CVE-2023-32695: a name that was an object made the reference implementation crash. */
    private static String eventName(JsonParser parser) throws PacketException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.VALUE_STRING && !first.isNumeric()) {
            throw new PacketException(PAYLOAD);
        }
        String name = parser.getString();
        if (first == JsonToken.VALUE_STRING && RESERVED_EVENTS.contains(name)) {
            throw new PacketException("reserved event name");
        }
        return name;
    }

    /**
     * Finds where the first argument begins, or the array ends: after the comma that follows the name, or at the
     * bracket.
     */
    private static int behind(String json, int end) {
        int at = end;
        while (at < json.length() && json.charAt(at) != ',' && json.charAt(at) != ']') {
            at++; // white space: anything else fails as the array is read on
        }
        return at < json.length() && json.charAt(at) == ',' ? at + 1 : at;
    }

    private Packet ack() throws PacketException {
        String namespace = namespace();
        long id = ackId();
        if (id == Packet.NO_ACK) {
            throw new PacketException("an acknowledgement without an id");
        }
        String json = text.substring(at);
        try (JsonParser parser = array(json)) {
            finish(parser, new Placeholders(attachments));
            return new Packet.Ack(namespace, id, new Arguments(json, List.of()));
        } catch (JacksonException e) {
            throw new PacketException(PAYLOAD);
        }
    }

    /** A reader at the start of an array. */
    private static JsonParser array(String json) throws PacketException {
        JsonParser parser = JsonRule.parser(json);
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            parser.close();
            throw new PacketException(PAYLOAD);
        }
        return parser;
    }

    private String object() throws PacketException {
        String json = text.substring(at);
        try (JsonParser parser = JsonRule.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new PacketException(PAYLOAD);
            }
            finish(parser, new Placeholders(0));
            return json;
        } catch (JacksonException e) {
            throw new PacketException(PAYLOAD);
        }
    }

    /** Reads to the end of the array or object that the parser is in. Nothing may follow it. */
    private static void finish(JsonParser parser, Placeholders placeholders) throws PacketException {
        int depth = parser.streamReadContext().inRoot() ? 0 : 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            placeholders.look(parser, token);
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
        if (parser.nextToken() != null) {
            throw new PacketException(PAYLOAD);
        }
        placeholders.requireAll();
    }

    /** Zero attachments would make the reader wait for ever, and many would take too much memory. */
    private int attachmentCount() throws PacketException {
        int dash = text.indexOf('-', 1);
        int digits = dash - at;
        if (digits < 1 || digits > 2) {
            throw new PacketException(ATTACHMENTS);
        }
        int count = (int) number(dash);
        if (count < 1 || count > MAX_ATTACHMENTS) {
            throw new PacketException(ATTACHMENTS);
        }
        at = dash + 1;
        return count;
    }

    private String namespace() {
        if (at == text.length() || text.charAt(at) != '/') {
            return ROOT;
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String namespace = text.substring(at, end);
        at = Math.min(end + 1, text.length());
        return namespace;
    }

    private long ackId() throws PacketException {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            return Packet.NO_ACK;
        }
        if (end - at > LONGEST_ID) {
            throw new PacketException("an ack id that is too large");
        }
        long id = number(end);
        if (id > LARGEST_ID) {
            throw new PacketException("an ack id that is too large");
        }
        at = end;
        return id;
    }

    private long number(int end) throws PacketException {
        long number = 0;
        for (int i = at; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new PacketException(ATTACHMENTS);
            }
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
