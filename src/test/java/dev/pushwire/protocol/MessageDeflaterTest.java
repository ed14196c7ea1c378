package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientDeflater.TAIL;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.content;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.payload;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692, section 7.2.1. */
class MessageDeflaterTest {
    private static final int LIMIT = 1_000_000;

    private final MessageDeflater deflater = new MessageDeflater(6);

    @AfterEach
    void close() {
        deflater.close();
    }

    @Nested
    @DisplayName("RFC 7692, 7.2.3: examples")
    class Examples {
        @Test
        @DisplayName("7.2.3.1: one block")
        void oneBlock() {
            assertThat(hex(payload(deflate(utf8("Hello"), 15, false)))).isEqualTo("f248cdc9c90700");
        }

        @Test
        @DisplayName("7.2.3.2: sharing the sliding window")
        void sharedWindow() {
            assertThat(hex(payload(deflate(utf8("Hello"), 15, true)))).isEqualTo("f248cdc9c90700");
            assertThat(hex(payload(deflate(utf8("Hello"), 15, true)))).isEqualTo("f200110000");
        }
    }

    @Nested
    class Frame {
        @Test
        @DisplayName("RFC 7692, 6: RSV1 marks a compressed message")
        void isMarked() {
            assertThat(hex(content(deflate(utf8("Hello"), 15, false)))).isEqualTo("c107f248cdc9c90700");
            EncodedFrame binary = deflater.deflate(Opcode.BINARY, ByteBuffer.wrap(utf8("Hello")), 15, false);
            assertThat(hex(content(binary))).isEqualTo("c207f248cdc9c90700");
        }

        @ParameterizedTest
        @ValueSource(ints = {100, 1000, 100_000})
        void hasItsLength(int size) {
            EncodedFrame frame = deflate(Seeds.bytes(new Random(1), size), 15, false);
            byte[] content = content(frame);
            String header = switch (size) {
                case 100 -> "c1%02x".formatted(content.length - 2);
                case 1000 -> "c17e%04x".formatted(content.length - 4);
                default -> "c17f%016x".formatted(content.length - 10);
            };
            assertThat(hex(content)).startsWith(header);
        }

        @Test
        void isOfThePayloadFromPositionToLimitWhichStays() {
            ByteBuffer payload = ByteBuffer.allocateDirect(9)
                    .put(0, utf8("--Hello--"))
                    .position(2)
                    .limit(7);
            EncodedFrame frame = deflater.deflate(Opcode.TEXT, payload.asReadOnlyBuffer(), 15, false);
            assertThat(hex(payload(frame))).isEqualTo("f248cdc9c90700");
            deflater.deflate(Opcode.TEXT, payload, 8, false);
            assertThat(payload.position()).isEqualTo(2);
            assertThat(payload.limit()).isEqualTo(7);
        }
    }

    @Nested
    class Messages {
        static IntStream levels() {
            return IntStream.rangeClosed(1, 9);
        }

        @ParameterizedTest
        @MethodSource("levels")
        void comeBackAsTheyWere(int level) {
            Random random = new Random(level);
            try (MessageDeflater atLevel = new MessageDeflater(level)) {
                for (int bits = 8; bits <= 15; bits++) {
                    for (byte[] payload : payloads(random)) {
                        assertComesBack(payload, atLevel, bits);
                    }
                }
            }
        }

        /** What cannot be compressed, in sizes that fill the first output of 16 KiB just so. */
        @Test
        void mayFillTheOutputExactly() {
            Random random = new Random(1);
            for (int size = 16_384 - 20; size <= 16_384 + 2; size++) {
                assertComesBack(Seeds.bytes(random, size), deflater, 15);
                assertComesBack(Seeds.bytes(random, 2 * size), deflater, 15);
                assertComesBack(Seeds.bytes(random, size), deflater, 12);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 11, 15})
        void leaveNoTraceInTheNext(int bits) {
            Random random = new Random(1);
            for (int i = 0; i < 100; i++) {
                byte[] payload = payloads(random).get(i % 4);
                String alone;
                try (MessageDeflater another = new MessageDeflater(6)) {
                    alone = hex(content(
                            another.deflate(Opcode.TEXT, ByteBuffer.wrap(payload), bits, random.nextBoolean())));
                }
                assertThat(hex(content(deflate(payload, bits, false)))).isEqualTo(alone);
            }
        }

        private void assertComesBack(byte[] payload, MessageDeflater deflater, int bits) {
            EncodedFrame frame = deflater.deflate(Opcode.BINARY, ByteBuffer.wrap(payload), bits, false);
            assertThat(decode(payload(frame)).payload()).isEqualTo(payload);
        }

        /** Nothing like it, text, text that repeats itself, and one byte again and again. */
        private static List<byte[]> payloads(Random random) {
            int size = 1 + random.nextInt(3000);
            StringBuilder words = new StringBuilder();
            while (words.length() < size) {
                words.append("word").append(random.nextInt(100)).append(' ');
            }
            byte[] repeated = concat(Seeds.bytes(random, 200), new byte[size]);
            System.arraycopy(repeated, 0, repeated, size, 200);
            return List.of(Seeds.bytes(random, size), utf8(words.toString()), repeated, bytes(10 * size));
        }
    }

    @Nested
    @DisplayName("RFC 7692, 7.1.2.1: the window")
    class Window {
        static IntStream windows() {
            return IntStream.rangeClosed(8, 15);
        }

        @ParameterizedTest
        @MethodSource("windows")
        void isNeverLeft(int bits) {
            int window = 1 << bits;
            for (int period : new int[] {window / 2, window - 1, window, window + 1, 2 * window}) {
                byte[] payload = repeated(period, 4 * window);
                assertThat(decode(payload(deflate(payload, bits, false))).farthest())
                        .as("farthest reference, where all repeats itself after " + period)
                        .isLessThanOrEqualTo(window);
            }
        }

        @ParameterizedTest
        @MethodSource("windows")
        void isUsed(int bits) {
            int half = 1 << (bits - 1);
            byte[] payload = repeated(half, 4 * half);
            byte[] deflated = payload(deflate(payload, bits, false));
            assertThat(decode(deflated).farthest()).isEqualTo(half);
            assertThat(deflated.length).isLessThan(payload.length * 3 / 4);
        }

        @ParameterizedTest
        @MethodSource("windows")
        void isNotLeftOverMessagesEither(int bits) {
            int window = 1 << bits;
            byte[] stream = {};
            byte[] sent = {};
            for (int i = 0; i < 20; i++) {
                byte[] payload = Arrays.copyOf(repeated(window / 3 + 7, window), window / 3 + i);
                byte[] deflated = payload(deflate(payload, bits, true));
                stream = i == 0 ? deflated : concat(stream, TAIL, deflated);
                sent = concat(sent, payload);
            }
            DeflateDecoder.Decoded decoded = decode(stream);
            assertThat(decoded.payload()).isEqualTo(sent);
            assertThat(decoded.farthest()).isLessThanOrEqualTo(window);
        }

        /** One shared deflater, and connections that agreed on different windows. */
        @Test
        void mayBeAnotherForTheNextMessage() {
            byte[] payload = repeated(10_000, 40_000);
            for (int bits : new int[] {15, 8, 15, 14, 9, 15}) {
                DeflateDecoder.Decoded decoded = decode(payload(deflate(payload, bits, false)));
                assertThat(decoded.payload()).isEqualTo(payload);
                assertThat(decoded.farthest()).isLessThanOrEqualTo(1 << bits);
            }
        }

        /** Bytes that repeat themselves only after so many. */
        private static byte[] repeated(int period, int size) {
            byte[] part = Seeds.bytes(new Random(period), period);
            byte[] whole = new byte[size];
            for (int i = 0; i < size; i++) {
                whole[i] = part[i % period];
            }
            return whole;
        }
    }

    @Nested
    @DisplayName("RFC 7692, 7.1.1.1: takeover")
    class Takeover {
        private final byte[] text = utf8("{\"symbol\":\"ACME\",\"bid\":100.25,\"ask\":100.30,\"venue\":\"XETR\"}");
        private final MessageInflater client = new MessageInflater(true, new byte[100]);

        @AfterEach
        void close() {
            client.close();
        }

        @Test
        void makesTheSecondMessageSmaller() {
            int first = deflate(text, 15, true).size();
            int second = deflate(text, 15, true).size();
            assertThat(second).isLessThan(first / 3);
        }

        @Test
        void needsTheMessagesInTheirOrder() {
            byte[] one = payload(deflate(text, 15, true));
            byte[] two = payload(deflate(utf8("and now for something else"), 15, true));
            byte[] three = payload(deflate(text, 15, true));
            assertThat(inflate(one)).isEqualTo(hex(text));
            assertThat(inflate(two)).isEqualTo(hex(utf8("and now for something else")));
            assertThat(inflate(three)).isEqualTo(hex(text));
            assertThat(DeflateDecoder.decode(three, LIMIT)).as("on its own").isNull();
        }

        @Test
        void isForgotten() {
            byte[] first = payload(deflate(text, 15, true));
            deflater.forget();
            byte[] afresh = payload(deflate(text, 15, true));
            assertThat(hex(afresh)).isEqualTo(hex(first));
            assertThat(inflate(afresh)).isEqualTo(hex(text));
            assertThat(inflate(payload(deflate(text, 15, true))))
                    .as("refers to the one before, and to none that was forgotten")
                    .isEqualTo(hex(text));
        }

        /** As when there is no memory for the frame: nobody will have seen that message, so none may refer to it. */
        @Test
        void startsAfreshBehindAMessageThatFailed() {
            assertThatNullPointerException().isThrownBy(() -> deflater.deflate(null, ByteBuffer.wrap(text), 15, true));
            byte[] next = payload(deflate(text, 15, true));
            assertThat(inflate(next)).isEqualTo(hex(text));
        }

        /** What a connection with takeover sends: its own messages, and some that many others get, too. */
        @Test
        void goesOnBehindAMessageThatStandsAlone() {
            Random random = new Random(1);
            for (int i = 0; i < 200; i++) {
                byte[] payload = concat(text, Seeds.bytes(random, random.nextInt(100)));
                boolean shared = random.nextInt(3) == 0;
                if (shared) {
                    deflater.forget();
                }
                assertThat(inflate(payload(deflate(payload, 8 + i % 8, !shared))))
                        .isEqualTo(hex(payload));
            }
        }

        private String inflate(byte[] message) {
            return hex(client.inflate(ByteBuffer.wrap(message), LIMIT));
        }
    }

    private EncodedFrame deflate(byte[] payload, int windowBits, boolean takeover) {
        return deflater.deflate(Opcode.TEXT, ByteBuffer.wrap(payload), windowBits, takeover);
    }

    private static DeflateDecoder.Decoded decode(byte[] message) {
        DeflateDecoder.Decoded decoded = DeflateDecoder.decode(message, LIMIT);
        assertThat(decoded).as("a whole message").isNotNull();
        return decoded;
    }
}
