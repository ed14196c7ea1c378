package dev.pushwire.engineio;

import java.nio.ByteBuffer;

/** A packet of Engine.IO 4. */
public sealed interface EnginePacket {
    /** What a packet is. */
    enum Type {
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

    /** @param data may be empty */
    record Text(Type type, String data) implements EnginePacket {}

    /**
     * Always a message.
     *
     * @param data from position to limit
     */
    record Binary(ByteBuffer data) implements EnginePacket {}

    /** A message of text. */
    static EnginePacket message(String data) {
        return new Text(Type.MESSAGE, data);
    }
}
