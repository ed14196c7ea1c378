package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientBytes.sent;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.fragment;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.last;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 10.4: limits. */
class MessageReaderLimitsTest {
    private static final byte[] NOTHING = {};

    @Nested
    class MessageSize {
        private final MessageLimits limits = new MessageLimits(1000, 10);

        @Test
        void mayBeExactlyTheLimit() {
            sent(last(Opcode.BINARY, bytes(1000))).within(limits).assertBinary(bytes(1000));
        }

        @Test
        void mayBeExactlyTheLimitOverAllFragments() {
            sent(
                            fragment(Opcode.BINARY, bytes(999)),
                            fragment(Opcode.CONTINUATION, bytes(1)),
                            last(Opcode.CONTINUATION, NOTHING))
                    .within(limits)
                    .assertBinary(bytes(1000));
        }

        @Test
        void isCountedAnewForEachMessage() {
            byte[] message = concat(fragment(Opcode.BINARY, bytes(600)), last(Opcode.CONTINUATION, bytes(400)));
            sent(message, message)
                    .within(limits)
                    .assertEvents(new Event.Binary(bytes(1000)), new Event.Binary(bytes(1000)));
        }

        @ParameterizedTest
        @DisplayName("a larger frame fails with its header")
        @ValueSource(
                strings = {
                    "82 fe 03e9 00000000", // 1,001
                    "02 fe 03e9 00000000",
                    "81 fe ffff 00000000",
                    "82 ff 0000000000010000 00000000",
                    "82 ff 0000000100000000 00000000", // 2^32
                    "82 ff 4000000000000000 00000000", // 2^62
                    "81 ff 7fffffffffffffff 00000000"
                })
        void largerFrames(String header) {
            sent(header).within(limits).assertFailsAtLastByte(1009);
        }

        @ParameterizedTest
        @DisplayName("the fragment that makes it larger fails with its header")
        @ValueSource(strings = {"80 83 00000000", "00 83 00000000", "80 ff 7fffffffffffffff 00000000"})
        void largerFragments(String header) {
            sent(fragment(Opcode.BINARY, bytes(998)), hex(header))
                    .within(limits)
                    .assertFailsAtLastByte(1009);
        }

        @Test
        void doesNotLimitControlFrames() {
            sent(fragment(Opcode.BINARY, bytes(1)), last(Opcode.PING, bytes(125)), last(Opcode.CONTINUATION, NOTHING))
                    .within(new MessageLimits(1, 2))
                    .assertEvents(new Event.Ping(hex(bytes(125))), new Event.Binary(bytes(1)));
        }
    }

    @Nested
    class Fragments {
        private final MessageLimits limits = new MessageLimits(1000, 3);
        private final byte[] threeFragments = concat(
                fragment(Opcode.TEXT, utf8("a")),
                fragment(Opcode.CONTINUATION, utf8("b")),
                last(Opcode.CONTINUATION, utf8("c")));

        @Test
        void mayBeExactlyTheLimit() {
            sent(threeFragments).within(limits).assertText("abc");
        }

        @Test
        void areCountedAnewForEachMessage() {
            sent(threeFragments, threeFragments)
                    .within(limits)
                    .assertEvents(new Event.Text("abc"), new Event.Text("abc"));
        }

        @Test
        void oneMoreFailsWithItsHeader() {
            sent("01 80 00000000  00 80 00000000  00 80 00000000  80 80 00000000")
                    .within(limits)
                    .assertFailsAtLastByte(1009);
        }

        @Test
        void controlFramesAreNone() {
            byte[] pings =
                    concat(Collections.nCopies(9, last(Opcode.PING, NOTHING)).toArray(byte[][]::new));
            Event[] events = Collections.nCopies(10, new Event.Ping("")).toArray(Event[]::new);
            events[9] = new Event.Text("");
            sent(fragment(Opcode.TEXT, NOTHING), pings, last(Opcode.CONTINUATION, NOTHING))
                    .within(limits)
                    .assertEvents(events);
        }
    }

    @Nested
    class Memory {
        private static final int LITTLE = 4096;
        private static final int MEGABYTE = 1 << 20;

        private final MessageLimits limits = new MessageLimits(100 * MEGABYTE, 1000);

        @Test
        void aHeaderBeyondTheLimitCostsNone() {
            ByteBuffer in = ByteBuffer.wrap(hex("82 ff 4000000000000000 00000000"));
            assertThat(Allocation.of(() ->
                            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> readAnew(in))))
                    .isLessThan(MEGABYTE);
        }

        @Test
        void aHeaderWithinTheLimitCostsLittle() {
            ByteBuffer in = ByteBuffer.wrap(hex("82 ff 0000000006000000 00000000")); // 96 MiB
            assertThat(Allocation.of(() -> readAnew(in))).isLessThan(LITTLE);
        }

        @Test
        void itGrowsWithWhatHasArrived() {
            ByteBuffer in = ByteBuffer.wrap(concat(hex("82 ff 0000000006000000 00000000"), bytes(10_000)));
            assertThat(Allocation.of(() -> readAnew(in))).isBetween(10_000L, 10_000L + LITTLE);
        }

        @Test
        void aMessageInManyPiecesCostsAFewTimesItsSize() {
            byte[] message = last(Opcode.BINARY, bytes(MEGABYTE));
            byte[] piece = new byte[1000];
            assertThat(Allocation.of(() -> {
                        MessageReader reader = new MessageReader(limits, null);
                        for (int at = 0; at < message.length; at += piece.length) {
                            int count = Math.min(piece.length, message.length - at);
                            System.arraycopy(message, at, piece, 0, count);
                            reader.read(ByteBuffer.wrap(piece, 0, count), new DiscardingHandler());
                        }
                    }))
                    .isBetween((long) MEGABYTE, 4L * MEGABYTE);
        }

        @Test
        void emptyFragmentsCostLittle() {
            byte[] fragments =
                    concat(Collections.nCopies(900, hex("00 80 00000000")).toArray(byte[][]::new));
            ByteBuffer in = ByteBuffer.wrap(concat(hex("01 80 00000000"), fragments));
            assertThat(Allocation.of(() -> readAnew(in))).isLessThan(LITTLE);
        }

        @Test
        void messagesThatLieWholeInTheBufferCostNone() {
            byte[] two = concat(last(Opcode.BINARY, bytes(200)), last(Opcode.PING, bytes(20)));
            ByteBuffer in =
                    ByteBuffer.wrap(concat(Collections.nCopies(1000, two).toArray(byte[][]::new)));
            assertThat(Allocation.of(() -> readAnew(in))).isLessThan(LITTLE);
        }

        private void readAnew(ByteBuffer in) {
            new MessageReader(limits, null).read(in.duplicate().clear(), new DiscardingHandler());
        }
    }
}
