package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455, section 5.2. */
class FrameWriterTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            TEXT,   0,          81 00
            TEXT,   5,          81 05
            BINARY, 125,        82 7d
            BINARY, 126,        82 7e 007e
            BINARY, 256,        82 7e 0100
            TEXT,   65535,      81 7e ffff
            BINARY, 65536,      82 7f 0000000000010000
            TEXT,   2147483647, 81 7f 000000007fffffff
            CLOSE,  2,          88 02
            PING,   0,          89 00
            PONG,   125,        8a 7d
            """)
    void writesTheShortestHeader(Opcode opcode, int length, String header) {
        ByteBuffer out = ByteBuffer.allocate(20).position(3);
        FrameWriter.putHeader(out, opcode, length);
        assertThat(hex(out.flip().position(3))).isEqualTo(header.replace(" ", ""));
        assertThat(FrameWriter.headerSize(length)).isEqualTo(out.remaining());
    }
}
