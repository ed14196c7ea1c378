package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcodeTest {
    @ParameterizedTest
    @CsvSource({"0,CONTINUATION,false", "1,TEXT,false", "2,BINARY,false", "8,CLOSE,true", "9,PING,true", "10,PONG,true"
    })
    void known(int code, Opcode opcode, boolean control) {
        assertThat(Opcode.of(code)).isEqualTo(opcode);
        assertThat(opcode.code()).isEqualTo(code);
        assertThat(opcode.isControl()).isEqualTo(control);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void reserved(int code) {
        assertThat(Opcode.of(code)).isNull();
    }

    @Test
    void theHighBitsOfTheOctetDoNotMatter() {
        for (int octet = -128; octet <= 255; octet++) {
            assertThat(Opcode.of(octet)).isEqualTo(Opcode.of(octet & 0xF));
        }
    }
}
