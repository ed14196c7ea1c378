package dev.pushwire.engineio;

import java.nio.ByteBuffer;

/** A packet of Engine.IO 4. */
public sealed interface EnginePacket {
    /** The types, in the order of the digits that stand for them. */
    enum Type {
        OPEN,
        CLOSE,
        PING,
        PONG,
        MESSAGE,
        UPGRADE,
        NOOP;

        private static final Type[] BY_DIGIT = values();

        /** The first character of a packet of this type. */
        public char digit() {
            return (char) ('0' + ordinal());
        }

        static Type of(char digit) throws EngineException {
            int index = digit - '0';
            if (index < 0 || index >= BY_DIGIT.length) {
                throw new EngineException(CloseReason.PARSE_ERROR);
            }
            return BY_DIGIT[index];
        }
    }

    /** @param data may be empty */
    record Text(Type type, String data) implements EnginePacket {}

    /** Always a message. @param data from position to limit */
    record Binary(ByteBuffer data) implements EnginePacket {}

    /** A message of text. */
    static EnginePacket message(String data) {
        return new Text(Type.MESSAGE, data);
    }
}
