package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedFrameTest {
    private final EncodedFrame hello = EncodedFrame.of(Opcode.TEXT, utf8("Hello"));

    @Test
    void isWhatRfc6455Shows() {
        assertContent(hello, "81 05 48656c6c6f");
        assertContent(EncodedFrame.of(Opcode.PING, utf8("Hello")), "89 05 48656c6c6f");
        assertContent(EncodedFrame.of(Opcode.BINARY, bytes(256)), "82 7e 0100" + hex(bytes(256)));
        assertContent(EncodedFrame.of(Opcode.BINARY, bytes(65536)), "82 7f 0000000000010000" + hex(bytes(65536)));
    }

    @Test
    void mayHaveNoPayload() {
        assertContent(EncodedFrame.of(Opcode.CLOSE, bytes(0)), "88 00");
    }

    @Test
    void doesNotConsumeAPayloadThatIsABuffer() {
        ByteBuffer payload = ByteBuffer.allocateDirect(9)
                .put(0, utf8("--Hello--"))
                .position(2)
                .limit(7);
        assertContent(EncodedFrame.of(Opcode.TEXT, payload), "81 05 48656c6c6f");
        assertThat(payload.position()).isEqualTo(2);
        assertThat(payload.limit()).isEqualTo(7);
    }

    @Test
    void hasItsOwnCopyOfThePayload() {
        byte[] payload = utf8("Hello");
        EncodedFrame frame = EncodedFrame.of(Opcode.TEXT, payload);
        payload[0] = 'J';
        assertContent(frame, "81 05 48656c6c6f");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8})
    void isCopiedInPieces(int room) {
        StringBuilder copied = new StringBuilder();
        for (int from = 0; from < hello.size(); ) {
            ByteBuffer target = ByteBuffer.allocate(room);
            int count = hello.copyTo(target, from);
            assertThat(count).isEqualTo(Math.min(room, hello.size() - from)).isEqualTo(target.position());
            copied.append(hex(target.flip()));
            from += count;
        }
        assertThat(copied.toString()).isEqualTo("810548656c6c6f");
    }

    @Test
    void copiesNothingIntoAFullBufferOrFromTheEnd() {
        assertThat(hello.copyTo(ByteBuffer.allocate(0), 0)).isZero();
        assertThat(hello.copyTo(ByteBuffer.allocate(9), hello.size())).isZero();
    }

    @Test
    void restIsWhatWasNotSent() {
        ByteBuffer unsent = ByteBuffer.wrap(hex("8101 61 8101 62")).position(2).limit(5);
        EncodedFrame rest = EncodedFrame.rest(unsent);
        assertThat(unsent.hasRemaining()).as("consumed").isFalse();
        unsent.put(4, (byte) 0);
        assertContent(rest, "61 8101");
    }

    private static void assertContent(EncodedFrame frame, String expected) {
        ByteBuffer content = ByteBuffer.allocate(frame.size());
        assertThat(frame.copyTo(content, 0)).isEqualTo(frame.size());
        assertThat(hex(content.flip())).isEqualTo(expected.replace(" ", ""));
    }
}
