package dev.pushwire.engineio;

/**
 * A packet of Engine.IO 4, as text. A binary message is not a packet, only bytes.
 *
 * @param data may be empty
 */
public record EnginePacket(Type type, String data) {
    /** The types, with the names that the protocol gives them. */
    public enum Type {
        OPEN('0'),
        CLOSE('1'),
        PING('2'),
        PONG('3'),
        MESSAGE('4'),
        UPGRADE('5'),
        NOOP('6');

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        /** The first character of a packet of this type. */
        public char digit() {
            return digit;
        }

        /** @throws EngineException for a character that no packet begins with */
        static Type of(char digit) throws EngineException {
            return switch (digit) {
                case '0' -> OPEN;
                case '1' -> CLOSE;
                case '2' -> PING;
                case '3' -> PONG;
                case '4' -> MESSAGE;
                case '5' -> UPGRADE;
                case '6' -> NOOP;
                default -> throw new EngineException(CloseReason.PARSE_ERROR);
            };
        }
    }

    /** Reads a text message that holds one packet. */
    static EnginePacket read(String message) throws EngineException {
        if (message.isEmpty()) {
            throw new EngineException(CloseReason.PARSE_ERROR);
        }
        return new EnginePacket(Type.of(message.charAt(0)), message.substring(1));
    }

    /** The text message that holds this packet. */
    String text() {
        return type.digit() + data;
    }
}
