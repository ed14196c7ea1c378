package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseStatusTest {
    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 999, 5000, 65536 + 1000})
    void refusesWhatIsNoCode(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloseStatus(code, "why"))
                .withMessageContaining(String.valueOf(code));
    }

    @Test
    void needsNoReason() {
        assertThat(new CloseStatus(1001)).isEqualTo(new CloseStatus(1001, ""));
    }

    @Nested
    @DisplayName("RFC 6455, 5.5.1: the payload of a Close")
    class Payload {
        @ParameterizedTest
        @CsvSource({"1000,'',03e8", "1002,no,03ea6e6f", "4999,é,1387c3a9", "3000,😀,0bb8f09f9880"})
        void isCodeAndReason(int code, String reason, String payload) {
            CloseStatus status = new CloseStatus(code, reason);
            assertThat(hex(status.payload())).isEqualTo(payload);
            assertThat(parse(payload)).isEqualTo(status);
        }

        @ParameterizedTest
        @ValueSource(ints = {1004, 1005, 1006, 1015, 1016, 2999})
        void isEmptyForACodeThatMustNotBeSent(int code) {
            assertThat(new CloseStatus(code, "why").payload()).isEmpty();
        }

        @Test
        void isNeverMoreThanAControlFrameHolds() {
            assertThat(new CloseStatus(1000, "€".repeat(1000)).payload()).hasSizeLessThanOrEqualTo(125);
        }
    }

    @Nested
    @DisplayName("RFC 6455, 7.4: reading a peer's status")
    class Parsing {
        @Test
        void nothingIsNoStatus() {
            assertThat(parse("")).isEqualTo(CloseStatus.NO_STATUS);
            assertThat(CloseStatus.NO_STATUS.code()).isEqualTo(1005);
        }

        @Test
        void oneByteFails() {
            assertFails("03", 1002);
        }

        @Test
        void everyCodeIsJudged() {
            for (int code = 0; code <= 5000; code++) {
                String payload = "%04x".formatted(code);
                if (CloseCode.mayBeSent(code)) {
                    assertThat(parse(payload)).isEqualTo(new CloseStatus(code));
                } else {
                    assertFails(payload, 1002);
                }
            }
            assertFails("83e8", 1002); // 1000 and the sign bit
            assertFails("ffff", 1002);
        }

        @ParameterizedTest
        @ValueSource(strings = {"03e8 80", "03e8 c3", "03e8 61ff62", "03e8 eda080"})
        void aReasonThatIsNotUtf8Fails(String payload) {
            assertFails(payload, 1007);
        }

        private void assertFails(String payload, int code) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> parse(payload))
                    .satisfies(e -> assertThat(e.status().code()).isEqualTo(code));
        }
    }

    @Nested
    @DisplayName("RFC 6455, 5.5: a reason has 123 bytes at most")
    class LongReasons {
        @ParameterizedTest
        @ValueSource(strings = {"", "a", "é", "€", "😀", "aé€😀", "e\u0301"})
        void areCutBetweenCharacters(String characters) {
            for (int shift = 0; shift < 4; shift++) {
                String reason = "x".repeat(shift) + characters.repeat(100);
                String kept = new CloseStatus(1000, reason).reason();
                assertThat(kept).isEqualTo(asManyCharactersAsFit(reason));
            }
        }

        @Test
        void oneOf123BytesIsKept() {
            assertThat(new CloseStatus(1000, "x".repeat(123)).reason()).hasSize(123);
            assertThat(new CloseStatus(1000, "€".repeat(41)).reason()).hasSize(41);
        }

        private String asManyCharactersAsFit(String reason) {
            StringBuilder fitting = new StringBuilder();
            int[] codePoints = reason.codePoints().toArray();
            for (int codePoint : codePoints) {
                String character = Character.toString(codePoint);
                if (utf8(fitting + character).length > 123) {
                    break;
                }
                fitting.append(character);
            }
            return fitting.toString();
        }
    }

    private static CloseStatus parse(String payload) {
        return CloseStatus.parse(ByteBuffer.wrap(hex(payload)));
    }
}
