package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientDeflater.TAIL;
import static dev.pushwire.protocol.ClientDeflater.deflated;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692, section 7.2.2. */
class MessageInflaterTest {
    private static final int LIMIT = 1_000_000;
    private static final int MEGABYTE = 1 << 20;
    private static final int SEGMENT = 64 * 1024;
    private static final int LITTLE = 4096;

    private final MessageInflater inflater = new MessageInflater(false, new byte[100]);
    private final MessageInflater takeover = new MessageInflater(true, new byte[100]);

    @AfterEach
    void close() {
        inflater.close();
        takeover.close();
    }

    @Nested
    @DisplayName("RFC 7692, 7.2.3: examples")
    class Examples {
        @ParameterizedTest
        @CsvSource(textBlock = """
                f248cdc9c90700,                   7.2.3.1: one block
                000500faff48656c6c6f00,           7.2.3.3: no compression
                f348cdc9c9070000,                 7.2.3.4: BFINAL set
                f24805000000ffffcac9c90700,       7.2.3.5: two blocks
                """)
        void hello(String message, String section) {
            assertThat(text(inflater, hex(message))).as(section).isEqualTo("Hello");
            assertThat(text(takeover, hex(message))).as(section).isEqualTo("Hello");
        }

        @Test
        @DisplayName("7.2.3.2: sharing the sliding window")
        void sharedWindow() {
            assertThat(text(takeover, hex("f248cdc9c90700"))).isEqualTo("Hello");
            assertThat(text(takeover, hex("f200110000"))).isEqualTo("Hello");
        }

        @Test
        @DisplayName("7.2.3.2: which without takeover has nothing to refer to")
        void noSharedWindow() {
            assertThat(text(inflater, hex("f248cdc9c90700"))).isEqualTo("Hello");
            assertFails(1007, hex("f200110000"));
        }

        @Test
        @DisplayName("7.2.3.6: an empty message")
        void empty() {
            assertThat(text(inflater, hex("00"))).isEmpty();
            assertThat(text(takeover, hex("00"))).isEmpty();
        }
    }

    @Nested
    class Messages {
        /** By the letter the payload must be 00, but it can only mean one thing. */
        @Test
        void mayBeEmptyWithoutAnyBlock() {
            assertThat(text(inflater, hex(""))).isEmpty();
            assertThat(text(takeover, hex(""))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                f348cdc9c90700,                   a last block and no empty one behind it
                f348cdc9c90700 000000ffff 00,     empty blocks behind the last one
                010500faff48656c6c6f,             a last block without compression
                010500faff48656c6c6f00,           and an empty one
                f3480500 cac9c90700,              a last block in the middle
                010000ffff f348cdc9c90700 00,     a last block at the start
                000000ffff 000000ffff f248cdc9c90700, empty blocks before
                """)
        void mayEndInTheseWays(String message, String why) {
            assertThat(text(inflater, hex(message))).as(why).isEqualTo("Hello");
            assertThat(text(takeover, hex(message))).as(why).isEqualTo("Hello");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 99, 100, 101, SEGMENT - 1, SEGMENT, SEGMENT + 99, SEGMENT + 100, SEGMENT + 101})
        void mayHaveAnySize(int size) {
            byte[] payload = Seeds.bytes(new Random(size), size);
            assertThat(hex(inflate(inflater, deflated(payload)))).isEqualTo(hex(payload));
            assertThat(hex(inflate(inflater, deflated(bytes(size))))).isEqualTo(hex(bytes(size)));
        }

        @Test
        void areNotConsumed() {
            byte[] message = deflated("Hello");
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(50).put(3, message).position(3).limit(3 + message.length);
            assertThat(hex(inflater.inflate(buffer, LIMIT))).isEqualTo(hex(utf8("Hello")));
            assertThat(buffer.position()).isEqualTo(3);
            assertThat(buffer.limit()).isEqualTo(3 + message.length);
            assertThat(hex(inflater.inflate(buffer.asReadOnlyBuffer(), LIMIT))).isEqualTo(hex(utf8("Hello")));
        }

        @Test
        void leaveNoTraceInTheNext() {
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                byte[] payload = Seeds.bytes(random, random.nextInt(500));
                byte[] message = ClientDeflater.random(random, false).next(payload, random);
                assertThat(hex(inflate(inflater, message))).isEqualTo(hex(payload));
                byte[] broken = Arrays.copyOf(message, random.nextInt(message.length));
                try {
                    inflater.inflate(ByteBuffer.wrap(broken), random.nextInt(500));
                } catch (ProtocolException _) {
                    // as most do
                }
                assertFails(1007, hex("f200110000"));
            }
        }

        @Test
        void withTakeoverMayReferToAllThoseBefore() {
            Random random = new Random(1);
            ClientDeflater client = ClientDeflater.random(random, true);
            for (int i = 0; i < 300; i++) {
                byte[] payload = Seeds.bytes(new Random(i % 7), random.nextInt(500));
                assertThat(hex(inflate(takeover, client.next(payload, random)))).isEqualTo(hex(payload));
            }
        }

        /** As far as 32 KiB, over a message that was returned in several segments. */
        @Test
        void withTakeoverMayReferFarBack() {
            byte[] payload = Seeds.bytes(new Random(1), 32_000);
            ClientDeflater client = new ClientDeflater(9, true);
            byte[] first = client.next(payload);
            byte[] second = client.next(payload);
            assertThat(second.length).isLessThan(first.length / 50);
            assertThat(hex(inflate(takeover, first))).isEqualTo(hex(payload));
            assertThat(hex(inflate(takeover, second))).isEqualTo(hex(payload));
        }
    }

    @Nested
    @DisplayName("1009")
    class Limit {
        @Test
        void mayBeReachedExactly() {
            for (int size : new int[] {1, 99, 100, 101, SEGMENT, SEGMENT + 100, SEGMENT + 101, 3 * SEGMENT}) {
                byte[] message = deflated(bytes(size));
                assertThat(inflater.inflate(ByteBuffer.wrap(message), size).remaining())
                        .isEqualTo(size);
                assertFails(1009, message, size - 1);
            }
        }

        @Test
        void mayBeReachedExactlyByWhatCannotBeCompressed() {
            byte[] payload = Seeds.bytes(new Random(1), MEGABYTE);
            byte[] message = deflated(payload);
            assertThat(inflater.inflate(ByteBuffer.wrap(message), MEGABYTE).remaining())
                    .isEqualTo(MEGABYTE);
            assertFails(1009, message, MEGABYTE - 1);
        }

        /** A thousand megabytes would come of these. */
        @Test
        void isAllThatABombCosts() {
            byte[] megabyte = new byte[MEGABYTE];
            ClientDeflater client = new ClientDeflater(9, true);
            byte[] first = concat(client.next(megabyte), TAIL);
            byte[] other = concat(client.next(megabyte), TAIL);
            byte[][] parts = new byte[1000][];
            Arrays.fill(parts, other);
            parts[0] = first;
            byte[] bomb = concat(parts);
            assertThat(bomb.length).isLessThan(1000 * MEGABYTE / 900);
            assertThat(Allocation.of(() -> assertFails(1009, bomb, 4 * MEGABYTE)))
                    .isBetween(4L * MEGABYTE, 4L * MEGABYTE + SEGMENT + LITTLE);
            assertThat(Allocation.of(() -> assertFails(1009, bomb, 10))).isLessThan(SEGMENT + LITTLE);
        }

        @Test
        void costsNothingWhereTheScratchWillDo() {
            byte[] message = deflated(bytes(1000));
            try (MessageInflater roomy = new MessageInflater(false, new byte[1001])) {
                assertThat(Allocation.of(() -> roomy.inflate(ByteBuffer.wrap(message), LIMIT)))
                        .isLessThan(LITTLE);
            }
        }
    }

    private static String text(MessageInflater inflater, byte[] message) {
        return new String(inflate(inflater, message), UTF_8);
    }

    private static byte[] inflate(MessageInflater inflater, byte[] message) {
        ByteBuffer payload = inflater.inflate(ByteBuffer.wrap(message), LIMIT);
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        return copy;
    }

    private void assertFails(int code, byte[] message) {
        assertFails(code, message, LIMIT);
    }

    private void assertFails(int code, byte[] message, int limit) {
        assertThatExceptionOfType(ProtocolException.class)
                .as(() -> hex(message))
                .isThrownBy(() -> inflater.inflate(ByteBuffer.wrap(message), limit))
                .satisfies(e -> assertThat(e.status().code()).isEqualTo(code));
    }
}
