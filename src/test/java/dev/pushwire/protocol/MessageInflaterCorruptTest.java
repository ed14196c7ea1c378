package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientDeflater.deflated;
import static dev.pushwire.protocol.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrupt compressed messages fail with 1007, and never give bytes that were not sent. */
class MessageInflaterCorruptTest {
    private static final int LIMIT = 100_000;

    private final MessageInflater inflater = new MessageInflater(false, new byte[100]);

    @AfterEach
    void close() {
        inflater.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ff,                             a block of the reserved type
            07,                             the same as a last block
            000500faf048656c6c6f00,         lengths that do not match
            f248cdc9c90700 f248cdc9c907,    half a message behind a whole one
            f348cdc9c90700 ff,              garbage behind the last block
            f348cdc9c90700 0000,            the same in zeros
            f348cdc9c90700 f200110000,      a reference beyond the last block
            020000,                         a reference beyond the start
            f248cdc9c907000000ffff,         the tail that is to be left off
            48656c6c6f,                     no compression at all
            00000000,                       zeros
            """)
    void messages(String message, String why) {
        assertThat(DeflateDecoder.decode(hex(message), LIMIT)).as(why).isNull();
        assertFails(hex(message));
    }

    @ParameterizedTest
    @DisplayName("a message that ends before its time")
    @ValueSource(strings = {"Hello", "a text that is a little longer, a text that is much longer"})
    void cut(String text) {
        byte[] message = deflated(text);
        for (int length = 1; length < message.length; length++) {
            assertFails(Arrays.copyOf(message, length));
        }
    }

    /** A text long enough for codes of its own, whose description is cut, too. */
    @Test
    void cutInADynamicBlock() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(3000, 'a', 'm').forEach(text::appendCodePoint);
        byte[] message = deflated(text.toString());
        assertThat(message[0] & 6).as("the type of the first block").isEqualTo(4);
        for (int length = 1; length < message.length; length++) {
            assertFails(Arrays.copyOf(message, length));
        }
    }

    /** What is left may be a whole message, if it was cut where a block starts, but then with nothing made up. */
    @Test
    void cutGivesNoGarbage() {
        Seeds.forEach(50, random -> {
            byte[] payload = Seeds.bytes(random, random.nextInt(300));
            byte[] message = ClientDeflater.random(random, false).next(payload, random);
            for (int length = 1; length < message.length; length++) {
                assertSameAsDecoder(payload, Arrays.copyOf(message, length));
            }
        });
    }

    @Test
    void cutGivesNoGarbageWithTakeover() {
        Seeds.forEach(50, random -> {
            byte[] payload = Seeds.bytes(random, random.nextInt(300));
            byte[] message = ClientDeflater.random(random, true).next(payload, random);
            for (int length = 1; length < message.length; length++) {
                assertSameAsDecoder(payload, Arrays.copyOf(message, length));
            }
        });
    }

    /** The codes of blocks of many kinds of text, and with them the places where such a message may be cut. */
    @Test
    void cutInDynamicBlocksOfEveryKind() {
        Seeds.forEach(20, random -> {
            StringBuilder text = new StringBuilder();
            random.ints(600, ' ', ' ' + 2 + random.nextInt(200)).forEach(text::appendCodePoint);
            byte[] message = deflated(text.toString());
            for (int length = 1; length < message.length; length++) {
                assertFails(Arrays.copyOf(message, length));
            }
        });
    }

    @Test
    @DisplayName("a message of last blocks alone")
    void tooManyLastBlocks() {
        byte[] lastBlock = hex("0300"); // with fixed codes and empty
        byte[] few = Frames.concat(Collections.nCopies(16, lastBlock).toArray(byte[][]::new));
        byte[] many = Frames.concat(Collections.nCopies(500_000, lastBlock).toArray(byte[][]::new));
        for (boolean takeover : new boolean[] {false, true}) {
            try (MessageInflater tried = new MessageInflater(takeover, new byte[100])) {
                assertThat(tried.inflate(ByteBuffer.wrap(few), LIMIT).remaining())
                        .isZero();
                assertThatExceptionOfType(ProtocolException.class)
                        .isThrownBy(() -> tried.inflate(ByteBuffer.wrap(many), LIMIT))
                        .satisfies(e -> assertThat(e.status().code()).isEqualTo(1009));
            }
        }
    }

    @Test
    void damagedMessagesAreWhatADecoderMakesOfThem() {
        Seeds.forEach(500, random -> {
            byte[] payload = Seeds.bytes(random, random.nextInt(300));
            byte[] message = ClientDeflater.random(random, false).next(payload, random);
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
            assertSameAsDecoder(null, message);
        });
    }

    private void assertSameAsDecoder(byte @Nullable [] startOf, byte[] message) {
        DeflateDecoder.Decoded decoded = DeflateDecoder.decode(message, LIMIT);
        if (decoded == null) {
            assertFails(message);
            return;
        }
        assertThat(hex(inflater.inflate(ByteBuffer.wrap(message), LIMIT))).isEqualTo(hex(decoded.payload()));
        try (MessageInflater takeover = new MessageInflater(true, new byte[100])) {
            assertThat(hex(takeover.inflate(ByteBuffer.wrap(message), LIMIT))).isEqualTo(hex(decoded.payload()));
        }
        if (startOf != null) {
            assertThat(hex(startOf)).startsWith(hex(decoded.payload()));
        }
    }

    /** At once, whether the next message may refer to this one or not. */
    private void assertFails(byte[] message) {
        assertFails(inflater, message);
        try (MessageInflater takeover = new MessageInflater(true, new byte[100])) {
            assertFails(takeover, message);
        }
    }

    private static void assertFails(MessageInflater inflater, byte[] message) {
        assertThatExceptionOfType(ProtocolException.class)
                .as(() -> hex(message))
                .isThrownBy(() -> inflater.inflate(ByteBuffer.wrap(message), LIMIT))
                .satisfies(e -> assertThat(e.status().code()).isEqualTo(1007));
    }
}
