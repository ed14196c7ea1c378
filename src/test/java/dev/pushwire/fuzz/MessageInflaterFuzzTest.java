package dev.pushwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.DeflateDecoder;
import dev.pushwire.protocol.MessageInflater;
import dev.pushwire.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a compressed message: the same result as from a decoder that follows the RFC to the letter, or a
 * failure.
 */
class MessageInflaterFuzzTest {
    private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");
    private static final byte[] HELLO_AGAIN = HexFormat.of().parseHex("f200110000");
    private static final int LIMIT = 100_000;

    @Fuzz
    void agreesWithTheDecoder(byte[] bytes) {
        Input input = new Input(bytes);
        byte[] scratch = new byte[1 + input.number(256)];
        int limit = input.number(4) == 0 ? 100 : LIMIT;
        byte[] message = input.rest();
        try (MessageInflater inflater = new MessageInflater(false, scratch)) {
            DeflateDecoder.Decoded decoded = DeflateDecoder.decode(message, limit);
            byte[] inflated = inflate(inflater, message, limit);
            assertThat(inflated).isEqualTo(decoded == null ? null : decoded.payload());

            assertThat(inflate(inflater, HELLO_AGAIN, LIMIT))
                    .as("a trace of it")
                    .isNull();
            assertThat(inflate(inflater, HELLO, LIMIT)).asString().isEqualTo("Hello");
        }
    }

    private static byte @Nullable [] inflate(MessageInflater inflater, byte[] message, int limit) {
        ByteBuffer payload;
        try {
            payload = inflater.inflate(ByteBuffer.wrap(message), limit);
        } catch (ProtocolException e) {
            assertThat(e.status().code()).isIn(1007, 1009);
            return null;
        }
        assertThat(payload.remaining()).isLessThanOrEqualTo(limit);
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        return copy;
    }
}
