package dev.pushwire.socketio;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Checks the placeholders of attachments in a JSON text: {@code {"_placeholder":true,"num":0}}. Each must name an
 * attachment that comes (CVE-2022-2421), and each attachment must have one.
 */
final class Placeholders {
    static final String MARK = "_placeholder";
    static final String NUMBER = "num";

    private final int attachments;
    private int found; // a bit for each attachment
    private boolean flat; // so far the object has had nothing but simple values
    private boolean marked;
    private int fields;
    private int number;

    /** @param attachments how many attachments there are; at most 31 */
    Placeholders(int attachments) {
        this.attachments = attachments;
    }

    /** Looks at the next token. Without attachments nothing is a placeholder. */
    void look(JsonParser parser, JsonToken token) throws PacketException {
        if (attachments == 0) {
            return;
        }
        switch (token) {
            case START_OBJECT -> {
                leaveFlat();
                flat = true;
                fields = 0;
                number = -1;
            }
            case START_ARRAY -> leaveFlat();
            case END_OBJECT -> end();
            case PROPERTY_NAME -> fields++;
            case VALUE_TRUE -> {
                if (isNamed(parser, MARK)) {
                    mark();
                }
            }
            case VALUE_NUMBER_INT -> {
                if (isNamed(parser, NUMBER)) {
                    number = parser.getIntValue();
                }
            }
            case END_ARRAY, VALUE_STRING, VALUE_FALSE, VALUE_NULL, VALUE_NUMBER_FLOAT -> {}
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> throw new IllegalStateException("no text has a " + token);
        }
    }

    private static boolean isNamed(JsonParser parser, String name) {
        return parser.streamReadContext().inObject() && name.equals(parser.currentName());
    }

    private void mark() throws PacketException {
        if (!flat) {
            throw illegal();
        }
        marked = true;
    }

    /** An object that holds an object or an array is no placeholder. */
    private void leaveFlat() throws PacketException {
        if (marked) {
            throw illegal();
        }
        flat = false;
    }

    private void end() throws PacketException {
        if (marked) {
            if (fields != 2 || number < 0 || number >= attachments) {
                throw illegal();
            }
            found |= 1 << number;
        }
        marked = false;
        flat = false;
    }

    /** Checks, at the end of the text, that each attachment has its placeholder. */
    void requireAll() throws PacketException {
        if (Integer.bitCount(found) != attachments) {
            throw illegal();
        }
    }

    private static PacketException illegal() {
        return new PacketException("illegal attachments");
    }
}
