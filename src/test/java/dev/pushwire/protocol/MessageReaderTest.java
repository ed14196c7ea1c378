package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientBytes.sent;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.fragment;
import static dev.pushwire.protocol.Frames.frame;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.last;
import static dev.pushwire.protocol.Frames.utf8;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing: RFC 6455, section 5. Texts, Closes, limits, buffers and random sessions have tests of their own. */
class MessageReaderTest {
    private static final byte[] NOTHING = {};

    @Nested
    @DisplayName("RFC 6455, 5.7: examples")
    class Examples {
        @Test
        void maskedText() {
            sent("81 85 37fa213d 7f9f4d5158").assertText("Hello");
        }

        @Test
        void fragmentedText() {
            sent("01 83 37fa213d 7f9f4d  80 82 37fa213d 5b95").assertText("Hello");
        }

        @Test
        void ping() {
            sent("89 85 37fa213d 7f9f4d5158").assertEvents(new Event.Ping("48656c6c6f"));
        }

        @Test
        void pong() {
            sent("8a 85 37fa213d 7f9f4d5158").assertEvents(new Event.Pong("48656c6c6f"));
        }

        @Test
        void binaryMessageOf256Bytes() {
            sent(hex("82 fe 0100 00000000"), bytes(256)).assertBinary(bytes(256));
        }

        @Test
        void binaryMessageOf64KiB() {
            sent(hex("82 ff 0000000000010000 00000000"), bytes(65536)).assertBinary(bytes(65536));
        }

        @ParameterizedTest
        @DisplayName("those of a server fail, since they are not masked")
        @ValueSource(strings = {"81 05 48656c6c6f", "01 03 48656c  80 02 6c6f", "89 05 48656c6c6f"})
        void unmasked(String frames) {
            sent(frames).assertFails(1002);
        }
    }

    @Nested
    @DisplayName("RFC 6455, 5.2: base framing protocol")
    class BaseFraming {
        @ParameterizedTest
        @DisplayName("a reserved bit fails")
        @ValueSource(
                strings = {
                    "c1 80 00000000", // RSV1
                    "a1 80 00000000", // RSV2
                    "91 80 00000000", // RSV3
                    "f2 80 00000000",
                    "c9 80 00000000",
                    "a8 80 00000000"
                })
        void reservedBits(String frame) {
            sent(frame).assertFails(1002);
        }

        @Test
        void reservedBitInAContinuationFails() {
            sent("01 80 00000000  c0 80 00000000").assertFails(1002);
        }

        @ParameterizedTest
        @DisplayName("a reserved opcode fails")
        @ValueSource(ints = {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF})
        void reservedOpcodes(int opcode) {
            sent(frame(0x80 | opcode, NOTHING, 0)).assertFails(1002);
            sent(frame(opcode, bytes(1), 0)).assertFails(1002);
        }

        @ParameterizedTest
        @DisplayName("every length form has its messages")
        @ValueSource(ints = {0, 1, 7, 8, 9, 124, 125, 126, 127, 128, 65534, 65535, 65536, 65537})
        void lengths(int length) {
            sent(last(Opcode.BINARY, bytes(length))).assertBinary(bytes(length));
        }

        @ParameterizedTest
        @DisplayName("a length that is not in its shortest form fails with the end of the header")
        @ValueSource(
                strings = {
                    "82 fe 0000 00000000",
                    "82 fe 007d 00000000",
                    "82 ff 0000000000000000 00000000",
                    "82 ff 000000000000007d 00000000",
                    "82 ff 000000000000007e 00000000",
                    "82 ff 000000000000ffff 00000000",
                    "02 80 00000000  80 fe 007d 00000000"
                })
        void longForms(String header) {
            sent(header).assertFailsAtLastByte(1002);
        }

        @ParameterizedTest
        @DisplayName("the most significant bit of a 64-bit length must be 0")
        @ValueSource(strings = {"82 ff 8000000000000000 00000000", "81 ff ffffffffffffffff 00000000"})
        void negativeLengths(String header) {
            sent(header).assertFailsAtLastByte(1002);
        }

        @ParameterizedTest
        @DisplayName("what two octets forbid fails with the second")
        @ValueSource(strings = {"f1 85", "83 85", "81 05", "09 80", "89 fe", "80 80"})
        void failsWithTheSecondOctet(String octets) {
            sent(octets).assertFailsAtLastByte(1002);
        }
    }

    @Nested
    @DisplayName("RFC 6455, 5.3: masking")
    class MaskingKeys {
        @ParameterizedTest
        @ValueSource(strings = {"00000000", "ffffffff", "00000001", "80000000", "01020304"})
        void anyKeyWillDo(String key) {
            byte[] payload = utf8("all octets of the key, and some again");
            sent(frame(0x81, payload, ByteBuffer.wrap(hex(key)).getInt())).assertText(new String(payload));
        }

        @Test
        void eachFrameHasItsOwn() {
            sent(frame(0x02, hex("010203"), 0x11223344), frame(0x80, hex("040506"), 0x55667788))
                    .assertBinary(hex("010203040506"));
        }
    }

    @Nested
    @DisplayName("RFC 6455, 5.4: fragmentation")
    class Fragmentation {
        @Test
        void manyFragmentsAreOneMessage() {
            sent(
                            fragment(Opcode.BINARY, hex("01")),
                            fragment(Opcode.CONTINUATION, hex("0203")),
                            fragment(Opcode.CONTINUATION, hex("04")),
                            last(Opcode.CONTINUATION, hex("050607")))
                    .assertBinary(hex("01020304050607"));
        }

        @Test
        void largeFragments() {
            sent(
                            fragment(Opcode.BINARY, bytes(1000)),
                            fragment(Opcode.CONTINUATION, bytes(65536)),
                            last(Opcode.CONTINUATION, bytes(300)))
                    .assertBinary(bytes(66836));
        }

        @ParameterizedTest
        @DisplayName("any fragment may be empty")
        @CsvSource({"'',6f6b,''", "6f,'',6b", "'','',6f6b", "6f6b,'',''", "'','',''"})
        void emptyFragments(String first, String second, String third) {
            sent(
                            fragment(Opcode.TEXT, hex(first)),
                            fragment(Opcode.CONTINUATION, hex(second)),
                            last(Opcode.CONTINUATION, hex(third)))
                    .assertText(new String(hex(first + second + third)));
        }

        @Test
        void controlFramesMayComeBetween() {
            sent(
                            last(Opcode.PING, hex("01")),
                            fragment(Opcode.TEXT, utf8("a")),
                            last(Opcode.PING, hex("02")),
                            last(Opcode.PONG, NOTHING),
                            fragment(Opcode.CONTINUATION, utf8("b")),
                            last(Opcode.PING, hex("03")),
                            last(Opcode.CONTINUATION, utf8("c")))
                    .assertEvents(
                            new Event.Ping("01"),
                            new Event.Ping("02"),
                            new Event.Pong(""),
                            new Event.Ping("03"),
                            new Event.Text("abc"));
        }

        @Test
        void aCloseBetweenFragmentsIsTheEnd() {
            sent(fragment(Opcode.TEXT, utf8("a")), last(Opcode.CLOSE, hex("03e8")))
                    .assertEvents(new Event.Close(1000, ""));
        }

        @Test
        void continuationOfNothingFails() {
            sent("80 80 00000000").assertFails(1002);
            sent("00 80 00000000").assertFails(1002);
        }

        @Test
        void continuationOfAWholeMessageFails() {
            sent("81 80 00000000  80 80 00000000").assertFails(1002, new Event.Text(""));
        }

        @Test
        void continuationOfAnEndedMessageFails() {
            sent("01 80 00000000  80 80 00000000  80 80 00000000").assertFails(1002, new Event.Text(""));
        }

        @ParameterizedTest
        @DisplayName("a message within a message fails")
        @ValueSource(strings = {"01", "02", "81", "82"})
        void messageWithinAMessage(String firstOctet) {
            sent("01 80 00000000" + firstOctet + "80 00000000").assertFails(1002);
            sent("02 80 00000000  00 80 00000000" + firstOctet + "80 00000000").assertFails(1002);
        }

        @Test
        void theTypeIsThatOfTheFirstFragment() {
            sent("01 80 00000000 80 80 00000000  02 80 00000000 80 80 00000000")
                    .assertEvents(new Event.Text(""), new Event.Binary(""));
        }
    }

    @Nested
    @DisplayName("RFC 6455, 5.5: control frames")
    class ControlFrames {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 124, 125})
        void carryUpTo125Bytes(int length) {
            sent(last(Opcode.PING, bytes(length)), last(Opcode.PONG, bytes(length)))
                    .assertEvents(new Event.Ping(hex(bytes(length))), new Event.Pong(hex(bytes(length))));
        }

        @ParameterizedTest
        @DisplayName("a longer one fails before its length is there")
        @ValueSource(strings = {"88 fe", "89 fe", "8a fe", "88 ff", "89 ff", "8a ff"})
        void tooLong(String octets) {
            sent(octets).assertFailsAtLastByte(1002);
        }

        @ParameterizedTest
        @DisplayName("a fragmented one fails")
        @ValueSource(strings = {"08 80", "09 80", "0a 80", "09 81"})
        void fragmented(String octets) {
            sent(octets).assertFailsAtLastByte(1002);
            sent(fragment(Opcode.TEXT, utf8("a")), hex(octets)).assertFails(1002);
        }

        @Test
        void theirPayloadIsNotJudged() {
            sent(last(Opcode.PING, hex("ff00fe"))).assertEvents(new Event.Ping("ff00fe"));
        }
    }
}
