package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientDeflater.deflated;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.compressed;
import static dev.pushwire.protocol.Frames.compressedFragment;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.fragment;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.last;
import static dev.pushwire.protocol.Frames.utf8;
import static dev.pushwire.protocol.NegotiatedDeflate.NONE;
import static dev.pushwire.protocol.NegotiatedDeflate.NO_TAKEOVER;
import static dev.pushwire.protocol.NegotiatedDeflate.TAKEOVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692, sections 6 and 7.2: compressed messages on the wire. */
class MessageReaderDeflateTest {
    private static final byte[] NOTHING = {};
    private static final byte[] HELLO = hex("f248cdc9c90700");
    private static final byte[] HELLO_AGAIN = hex("f200110000");

    @Nested
    @DisplayName("RFC 7692, 7.2.3: examples")
    class Examples {
        @ParameterizedTest
        @DisplayName("of one frame")
        @CsvSource(textBlock = """
                c1 87 00000000 f248cdc9c90700,             7.2.3.1: one block
                c1 87 37fa213d c5b2ecf4fefd21,             masked
                c1 8b 00000000 000500faff48656c6c6f00,     7.2.3.3: no compression
                c1 88 00000000 f348cdc9c9070000,           7.2.3.4: BFINAL set
                c1 8d 00000000 f24805000000ffffcac9c90700, 7.2.3.5: two blocks
                """)
        void hello(String frame, String section) {
            assertCompressed(hex(frame), new Event.Text("Hello"));
        }

        @Test
        @DisplayName("7.2.3.1: of two frames")
        void fragmented() {
            assertCompressed(hex("41 83 00000000 f248cd  80 84 00000000 c9c90700"), new Event.Text("Hello"));
        }

        @Test
        @DisplayName("7.2.3.2: sharing the sliding window")
        void sharedWindow() {
            byte[] both = concat(compressed(Opcode.TEXT, HELLO), compressed(Opcode.TEXT, HELLO_AGAIN));
            ClientBytes.sent(both).with(TAKEOVER).assertEvents(new Event.Text("Hello"), new Event.Text("Hello"));
            ClientBytes.sent(both).with(NO_TAKEOVER).assertFails(1007, new Event.Text("Hello"));
        }

        @Test
        @DisplayName("7.2.3.6: an empty fragment")
        void empty() {
            assertCompressed(hex("c1 81 00000000 00"), new Event.Text(""));
            assertCompressed(hex("42 80 00000000  80 81 00000000 00"), new Event.Binary(""));
        }
    }

    @Nested
    @DisplayName("RFC 7692, 6: RSV1")
    class Rsv1 {
        @ParameterizedTest
        @DisplayName("fails where permessage-deflate was not negotiated")
        @ValueSource(strings = {"c1 80", "41 80", "c2 80", "c9 80", "c8 80", "ca 80", "c0 80"})
        void notNegotiated(String header) {
            ClientBytes.sent(header).with(NONE).assertFailsAtLastByte(1002);
        }

        @ParameterizedTest
        @DisplayName("fails on a control frame and on a continuation")
        @ValueSource(strings = {"c8 80", "c9 80", "ca 80", "c0 80", "40 80"})
        void onOthers(String header) {
            assertFailsAtLastByte(hex(header));
        }

        @ParameterizedTest
        @DisplayName("fails within a message")
        @ValueSource(strings = {"c0 80", "40 80", "c9 80", "c1 80"})
        void withinAMessage(String header) {
            assertFailsAtLastByte(concat(compressedFragment(Opcode.TEXT, HELLO), hex(header)));
            assertFailsAtLastByte(concat(fragment(Opcode.TEXT, utf8("Hello")), hex(header)));
        }

        @ParameterizedTest
        @DisplayName("does not permit the other reserved bits")
        @ValueSource(strings = {"a1 80", "91 80", "b1 80", "e1 80", "d1 80", "f1 80", "a9 80", "99 80"})
        void otherBits(String header) {
            assertFailsAtLastByte(hex(header));
        }

        /** Of all pairs of octets: as without compression, and in each of those beside it a text or binary frame with RSV1. */
        @Test
        void permitsNothingElse() {
            int control = 3 * 126;
            int continuations = 2 * 128;
            int begins = 2 * 2 * 128;
            assertThat(permitted(false)).isEqualTo(2 * begins + control);
            assertThat(permitted(true)).isEqualTo(continuations + control);
        }

        private static int permitted(boolean withinMessage) {
            int permitted = 0;
            for (int octets = 0; octets <= 0xFFFF; octets++) {
                try {
                    FrameRules.check(octets >> 8, octets & 0xFF, withinMessage, true);
                    permitted++;
                } catch (ProtocolException e) {
                    assertThat(e.status().code()).isEqualTo(1002);
                }
            }
            return permitted;
        }

        private static void assertFailsAtLastByte(byte[] bytes) {
            ClientBytes.sent(bytes).with(NO_TAKEOVER).assertFailsAtLastByte(1002);
            ClientBytes.sent(bytes).with(TAKEOVER).assertFailsAtLastByte(1002);
        }
    }

    @Nested
    class Messages {
        private final String text = "a text, é, 𝄞, ".repeat(20);

        @Test
        void mayBeCompressedOrNot() {
            assertCompressed(
                    concat(
                            compressed(Opcode.TEXT, deflated(text)),
                            last(Opcode.TEXT, utf8("plain")),
                            compressed(Opcode.BINARY, deflated(bytes(500))),
                            last(Opcode.BINARY, HELLO),
                            compressed(Opcode.TEXT, HELLO)),
                    new Event.Text(text),
                    new Event.Text("plain"),
                    new Event.Binary(bytes(500)),
                    new Event.Binary(HELLO),
                    new Event.Text("Hello"));
        }

        @Test
        void mayBeCutInFragmentsAnywhere() {
            byte[] message = deflated(text);
            for (int cut = 0; cut <= message.length; cut++) {
                assertCompressed(
                        concat(
                                compressedFragment(Opcode.TEXT, Arrays.copyOf(message, cut)),
                                last(Opcode.CONTINUATION, Arrays.copyOfRange(message, cut, message.length))),
                        new Event.Text(text));
            }
        }

        @Test
        void mayHaveControlFramesBetweenTheirFragments() {
            byte[] message = deflated(text);
            assertCompressed(
                    concat(
                            compressedFragment(Opcode.TEXT, NOTHING),
                            last(Opcode.PING, utf8("one")),
                            fragment(Opcode.CONTINUATION, Arrays.copyOf(message, 20)),
                            last(Opcode.PONG, utf8("two")),
                            last(Opcode.PING, HELLO),
                            last(Opcode.CONTINUATION, Arrays.copyOfRange(message, 20, message.length)),
                            last(Opcode.PING, NOTHING)),
                    new Event.Ping(hex(utf8("one"))),
                    new Event.Pong(hex(utf8("two"))),
                    new Event.Ping(hex(HELLO)),
                    new Event.Text(text),
                    new Event.Ping(""));
        }

        /** By the letter it would be 00, but it can only mean one thing. */
        @Test
        void mayHaveNoPayload() {
            assertCompressed(
                    concat(compressed(Opcode.TEXT, NOTHING), compressed(Opcode.BINARY, NOTHING)),
                    new Event.Text(""),
                    new Event.Binary(""));
        }

        @Test
        void mayBeSharedWithTakeover() {
            ClientDeflater client = new ClientDeflater(6, true);
            byte[] wire = {};
            Event[] events = new Event[7];
            for (int i = 0; i < events.length; i++) {
                wire = concat(wire, compressed(Opcode.TEXT, client.next(utf8(i + text))));
                events[i] = new Event.Text(i + text);
            }
            ClientBytes.sent(wire).with(TAKEOVER).assertEvents(events);
        }
    }

    @Nested
    @DisplayName("1007")
    class Corrupt {
        @ParameterizedTest
        @ValueSource(strings = {"ff", "f248cdc9c907", "f248cdc9c90700ff", "f348cdc9c90700ff", "48656c6c6f"})
        void messages(String message) {
            byte[] frame = compressed(Opcode.BINARY, hex(message));
            ClientBytes.sent(frame).with(NO_TAKEOVER).assertFailsAtLastByte(1007);
            ClientBytes.sent(compressed(Opcode.TEXT, HELLO), frame)
                    .with(NO_TAKEOVER)
                    .assertFails(1007, new Event.Text("Hello"));
        }

        @ParameterizedTest
        @DisplayName("a text that is not UTF-8 once it is decompressed")
        @ValueSource(strings = {"ff", "61c3", "eda080", "c080", "f4908080", "6162630080"})
        void text(String text) {
            byte[] message = deflated(hex(text));
            ClientBytes.sent(compressed(Opcode.TEXT, message)).with(NO_TAKEOVER).assertFailsAtLastByte(1007);
            ClientBytes.sent(compressed(Opcode.TEXT, message)).with(TAKEOVER).assertFailsAtLastByte(1007);
            assertCompressed(compressed(Opcode.BINARY, message), new Event.Binary(hex(text)));
        }

        /** Whose bytes before decompression are none either. */
        @Test
        void notATextThatIsUtf8OnceItIsDecompressed() {
            byte[] message = deflated("é");
            assertThat(Utf8.isValid(ByteBuffer.wrap(message))).isFalse();
            assertCompressed(compressed(Opcode.TEXT, message), new Event.Text("é"));
        }
    }

    private static void assertCompressed(byte[] wire, Event... events) {
        ClientBytes.sent(wire).with(NO_TAKEOVER).assertEvents(events);
        ClientBytes.sent(wire).with(TAKEOVER).assertEvents(events);
    }
}
