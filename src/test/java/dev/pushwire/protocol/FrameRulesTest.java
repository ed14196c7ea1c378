package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRulesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            81 80, outside, TEXT
            01 ff, outside, TEXT
            82 fe, outside, BINARY
            02 80, outside, BINARY
            80 80, within,  CONTINUATION
            00 ff, within,  CONTINUATION
            88 80, outside, CLOSE
            88 fd, within,  CLOSE
            89 80, outside, PING
            89 fd, within,  PING
            8a 80, outside, PONG
            8a fd, within,  PONG
            """)
    void allow(String octets, String message, Opcode opcode) {
        assertThat(check(octets, message)).isEqualTo(opcode);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            c1 80, outside, a reserved bit is set
            a1 80, outside, a reserved bit is set
            91 80, outside, a reserved bit is set
            c0 80, within,  a reserved bit is set
            83 80, outside, a reserved opcode
            87 80, outside, a reserved opcode
            8b 80, outside, a reserved opcode
            8f 80, within,  a reserved opcode
            81 05, outside, a frame that is not masked
            89 00, outside, a frame that is not masked
            09 80, outside, a fragmented control frame
            08 80, within,  a fragmented control frame
            89 fe, outside, a control frame of more than 125 bytes
            8a ff, within,  a control frame of more than 125 bytes
            80 80, outside, a continuation of no message
            00 80, outside, a continuation of no message
            81 80, within,  a new message within a fragmented one
            02 80, within,  a new message within a fragmented one
            """)
    void forbid(String octets, String message, String reason) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> check(octets, message))
                .satisfies(e -> assertThat(e.status()).isEqualTo(new CloseStatus(1002, reason)));
    }

    /** Control frames: 3 opcodes, 126 lengths. */
    private static final int CONTROL = 3 * 126;

    @Test
    void allowNothingElseOutsideOfAMessage() {
        assertThat(allowed(false))
                .as("FIN or not, text or binary, any length; or control")
                .isEqualTo(2 * 2 * 128 + CONTROL);
    }

    @Test
    void allowNothingElseWithinAMessage() {
        assertThat(allowed(true)).as("FIN or not, any length; or control").isEqualTo(2 * 128 + CONTROL);
    }

    /** Of all pairs of octets. */
    private static int allowed(boolean withinMessage) {
        int allowed = 0;
        for (int octets = 0; octets <= 0xFFFF; octets++) {
            try {
                FrameRules.check(octets >> 8, octets & 0xFF, withinMessage, false);
                allowed++;
            } catch (ProtocolException e) {
                if (e.status().code() != 1002) {
                    throw e;
                }
            }
        }
        return allowed;
    }

    private static Opcode check(String octets, String message) {
        byte[] bytes = Frames.hex(octets);
        return FrameRules.check(bytes[0], bytes[1], message.equals("within"), false);
    }
}
