package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader(false);

    @ParameterizedTest
    @CsvSource(textBlock = """
            81 80 00000000,                  TEXT,   true,  0
            01 85 00000000,                  TEXT,   false, 5
            82 fd 00000000,                  BINARY, true,  125
            02 fe 007e 00000000,             BINARY, false, 126
            82 fe ffff 00000000,             BINARY, true,  65535
            82 ff 0000000000010000 00000000, BINARY, true,  65536
            82 ff 00000000ffffffff 00000000, BINARY, true,  4294967295
            82 ff 7fffffffffffffff 00000000, BINARY, true,  9223372036854775807
            88 82 00000000,                  CLOSE,  true,  2
            89 80 00000000,                  PING,   true,  0
            8a fd 00000000,                  PONG,   true,  125
            """)
    void readsHeaders(String header, Opcode opcode, boolean fin, long length) {
        byte[] bytes = hex(header);
        for (int cut = 0; cut < bytes.length; cut++) {
            FrameReader reader = new FrameReader(false);
            ByteBuffer start = ByteBuffer.wrap(bytes, 0, cut);
            assertThat(reader.readHeader(start, false)).isFalse();
            assertThat(start.hasRemaining()).as("all consumed").isFalse();

            ByteBuffer rest =
                    ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 3)).position(cut);
            assertThat(reader.readHeader(rest, false)).isTrue();
            assertThat(rest.position()).as("payload not consumed").isEqualTo(bytes.length);
            assertThat(reader.opcode()).isEqualTo(opcode);
            assertThat(reader.fin()).isEqualTo(fin);
            assertThat(reader.length()).isEqualTo(length);
            assertThat(reader.remaining()).isEqualTo(length);
        }
    }

    @Test
    void readsContinuationsWithinAMessage() {
        assertThat(reader.readHeader(buffer("80 81 00000000"), true)).isTrue();
        assertThat(reader.opcode()).isEqualTo(Opcode.CONTINUATION);
    }

    @Test
    void unmasksThePayloadWhereItLies() {
        ByteBuffer in = buffer("81 85 37fa213d 7f9f4d5158 8000");
        assertThat(reader.readHeader(in, false)).isTrue();
        assertThat(reader.readPayload(in)).isEqualTo(5);
        assertThat(reader.remaining()).isZero();
        assertThat(in.position()).isEqualTo(11);
        assertThat(hex(in.array())).endsWith("48656c6c6f" + "8000");
    }

    @Test
    void goesOnWithTheKeyInTheNextPiece() {
        assertThat(reader.readHeader(buffer("81 85 37fa213d"), false)).isTrue();
        assertPayload("7f", "48", 4);
        assertPayload("", "", 4);
        assertPayload("9f4d", "656c", 2);
        assertPayload("5158", "6c6f", 0);
    }

    @Test
    void readsOneFrameAfterTheOther() {
        ByteBuffer in = buffer("02 81 01010101 00  80 82 02020202 0000");
        assertThat(reader.readHeader(in, false)).isTrue();
        assertThat(reader.readPayload(in)).isEqualTo(1);
        assertThat(reader.readHeader(in, true)).isTrue();
        assertThat(reader.readPayload(in)).isEqualTo(2);
        assertThat(hex(in.array())).isEqualTo("02810101010101" + "8082020202020202");
    }

    @ParameterizedTest
    @CsvSource({"82 fe 007d 00000000", "82 ff 000000000000ffff 00000000", "82 ff 8000000000000000 00000000", "c1 80"})
    void failsOnForbiddenHeaders(String header) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader.readHeader(buffer(header), false))
                .satisfies(e -> assertThat(e.status().code()).isEqualTo(1002));
    }

    private void assertPayload(String masked, String payload, int remaining) {
        ByteBuffer in = buffer(masked);
        assertThat(reader.readPayload(in)).isEqualTo(payload.length() / 2);
        assertThat(hex(in.array())).isEqualTo(payload);
        assertThat(reader.remaining()).isEqualTo(remaining);
    }

    private static ByteBuffer buffer(String digits) {
        return ByteBuffer.wrap(hex(digits));
    }
}
