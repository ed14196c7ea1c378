package dev.pushwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.DeflateDecoder;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.MessageDeflater;
import dev.pushwire.protocol.MessageInflater;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is sent compressed comes back as it was, and keeps to its window. */
class MessageDeflaterFuzzTest {
    private static final int LIMIT = 1_000_000;

    @Fuzz
    void comesBack(byte[] bytes) {
        Input input = new Input(bytes);
        int windowBits = 8 + input.number(8);
        boolean takeover = input.number(2) == 1;
        int level = 1 + input.number(9);
        int messages = 1 + input.number(5);
        int times = 1 + input.number(100); // for the fuzzer's own inputs are shorter than most windows
        byte[] part = input.rest();
        byte[] payload = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, payload, i * part.length, part.length);
        }

        try (MessageDeflater deflater = new MessageDeflater(level);
                MessageInflater inflater = new MessageInflater(takeover, new byte[1000])) {
            for (int i = 0; i < messages && i < payload.length; i++) {
                ByteBuffer message = ByteBuffer.wrap(payload, i, payload.length - i);
                byte[] deflated = payloadOf(deflater.deflate(Opcode.BINARY, message, windowBits, takeover));
                assertThat(inflater.inflate(ByteBuffer.wrap(deflated), LIMIT)).isEqualTo(message);
                if (i == 0) {
                    DeflateDecoder.Decoded decoded = DeflateDecoder.decode(deflated, LIMIT);
                    assertThat(decoded).isNotNull();
                    assertThat(decoded.farthest()).isLessThanOrEqualTo(1 << windowBits);
                }
            }
        }
    }

    private static byte[] payloadOf(EncodedFrame frame) {
        ByteBuffer content = ByteBuffer.allocate(frame.size());
        frame.copyTo(content, 0);
        int header = switch (content.get(1)) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
        return Arrays.copyOfRange(content.array(), header, frame.size());
    }
}
