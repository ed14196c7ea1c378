package dev.pushwire.engineio;

import dev.pushwire.protocol.Records;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's request, with several messages and U+001E between them. They are read one by one and in place,
 * in one pass. A list of many short messages would take many times the body's size.
 */
public final class EnginePayload {
    private static final byte BINARY = 'b';

    private final ByteBuffer body;
    private boolean ended;

    /**
     * A message as a WebSocket would bring it.
     *
     * @param data valid UTF-8 if it is text
     */
    public record Item(boolean isText, ByteBuffer data) {}

    /** @throws EngineException if the body is not UTF-8 */
    public EnginePayload(byte[] body) throws EngineException {
        this.body = ByteBuffer.wrap(body);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(this.body.duplicate());
        } catch (CharacterCodingException e) {
            throw new EngineException(CloseReason.PARSE_ERROR);
        }
    }

    /**
     * The next message; null after the last one.
     *
     * @throws EngineException if the next part is not a message
     */
    public @Nullable Item next() throws EngineException {
        if (ended) {
            return null;
        }
        int from = body.position();
        int end = from;
        while (end < body.limit() && body.get(end) != Records.SEPARATOR) {
            end++;
        }
        ended = end == body.limit();
        body.position(ended ? end : end + 1);
        return item(body.slice(from, end - from));
    }

    private static Item item(ByteBuffer record) throws EngineException {
        if (!record.hasRemaining()) {
            throw new EngineException(CloseReason.PARSE_ERROR);
        }
        if (record.get(0) != BINARY) {
            EnginePacket.Type.of((char) record.get(0));
            return new Item(true, record);
        }
        try {
            ByteBuffer base64 = record.slice(1, record.limit() - 1);
            return new Item(false, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new EngineException(CloseReason.PARSE_ERROR);
        }
    }
}
