package dev.pushwire.engineio;

import dev.pushwire.engineio.EnginePacket.Binary;
import dev.pushwire.engineio.EnginePacket.Text;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * Packets as text. A WebSocket carries one packet in each text message, and the bytes of a binary packet in a binary message.
 * Long polling carries several in one body: a payload.
 */
public final class EngineCodec {
    /** Between two packets of a payload: U+001E, RECORD SEPARATOR. */
    static final char SEPARATOR = '\u001E';

    /** The first character of a binary packet within a payload; base64 follows. */
    private static final char BINARY = 'b';

    /** Takes the packets of a payload, one by one. */
    @FunctionalInterface
    public interface Sink {
        /** @throws EngineException to read no further */
        void packet(EnginePacket packet) throws EngineException;
    }

    private EngineCodec() {}

    /** Reads a packet that is a text message of its own. */
    public static Text readText(String message) throws EngineException {
        if (message.isEmpty()) {
            throw new EngineException(CloseReason.PARSE_ERROR);
        }
        return new Text(EnginePacket.Type.of(message.charAt(0)), message.substring(1));
    }

    /**
     * Reads a payload. Packets are handed on as they are read: a body of short ones would take many times its size as a list.
     *
     * @throws EngineException when something is no packet; the packets before it have been handed on
     */
    public static void readPayload(String payload, Sink sink) throws EngineException {
        int from = 0;
        while (from <= payload.length()) {
            int separator = payload.indexOf(SEPARATOR, from);
            int end = separator < 0 ? payload.length() : separator;
            sink.packet(readRecord(payload.substring(from, end)));
            from = end + 1;
        }
    }

    private static EnginePacket readRecord(String text) throws EngineException {
        if (text.isEmpty() || text.charAt(0) != BINARY) {
            return readText(text);
        }
        try {
            return new Binary(ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(1))));
        } catch (IllegalArgumentException e) {
            throw new EngineException(CloseReason.PARSE_ERROR);
        }
    }

    /** A packet as a text message of its own. */
    public static String write(Text packet) {
        return packet.type().digit() + packet.data();
    }

    /** Packets as one payload. */
    public static String writePayload(List<EnginePacket> packets) {
        StringBuilder payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            if (!payload.isEmpty()) {
                payload.append(SEPARATOR);
            }
            switch (packet) {
                case Text(EnginePacket.Type type, String data) ->
                    payload.append(type.digit()).append(data);
                case Binary(ByteBuffer data) -> payload.append(BINARY).append(base64(data));
            }
        }
        return payload.toString();
    }

    private static String base64(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
