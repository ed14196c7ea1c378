package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static final int[] ALL_OCTETS = IntStream.rangeClosed(0, 0xFF).toArray();
    private static final int[] BOUNDARIES = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00", // U+0000
                "7f", // U+007F
                "c280", // U+0080
                "dfbf", // U+07FF
                "e0a080", // U+0800
                "ed9fbf", // U+D7FF, the last before the surrogates
                "ee8080", // U+E000, the first behind them
                "efbfbd", // U+FFFD
                "efbfbf", // U+FFFF
                "f0908080", // U+10000
                "f3bfbfbf", // U+FFFFF
                "f48fbfbf", // U+10FFFF, the last
                "efbbbf61", // a byte order mark is a character
                "cebae1bdb9cf83cebcceb5"
            })
    void valid(String text) {
        assertThat(Utf8.isValid(ByteBuffer.wrap(hex(text)))).isTrue();
        assertSameInAnyPieces(hex(text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            80,                0, a continuation byte without a first one
            bf,                0, another
            61 80,             1, behind ASCII
            c3a9 80,           2, behind a whole character
            c0 80,             0, U+0000 overlong in two bytes
            c1 bf,             0, U+007F in two
            e0 80 80,          1, U+0000 in three
            e0 9f bf,          1, U+07FF in three
            f0 80 80 80,       1, U+0000 in four
            f0 8f bf bf,       1, U+FFFF in four
            ed a0 80,          1, U+D800: the first surrogate
            ed bf bf,          1, U+DFFF: the last one
            ed a0 bd ed b8 80, 1, a pair of them
            f4 90 80 80,       1, U+110000
            f5 80 80 80,       0, U+140000
            f7 bf bf bf,       0, the last form of four bytes
            f8 88 80 80 80,    0, five bytes
            fc 84 80 80 80 80, 0, six bytes
            fe,                0, never used
            ff,                0, never used
            c2 7f,             1, the second byte too low
            c2 c0,             1, the second byte too high
            e1 80 7f,          2, the third too low
            e1 80 c0,          2, the third too high
            f1 80 80 7f,       3, the fourth too low
            f1 80 80 c0,       3, the fourth too high
            e1 80 e1 80 80,    2, a character within another
            """)
    void invalidAtTheFirstImpossibleByte(String text, int index, String why) {
        byte[] bytes = hex(text);
        assertThat(firstImpossible(bytes)).as(why).isEqualTo(index);
        assertThat(Utf8.isValid(ByteBuffer.wrap(bytes))).isFalse();
        assertSameInAnyPieces(bytes);
        assertSameInAnyPieces(concat(utf8("an é and twenty more"), bytes, utf8("and some behind it")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2", "df", "e0", "e0a0", "ed9f", "efbf", "f0", "f090", "f09080", "f48fbf", "6162c3"})
    void incomplete(String start) {
        assertThat(firstImpossible(hex(start))).isEqualTo(-1);
        assertThat(Utf8.isValid(ByteBuffer.wrap(hex(start)))).isFalse();
    }

    @Test
    void checksFromPositionToLimitAndConsumesNothing() {
        ByteBuffer text = ByteBuffer.wrap(hex("ff c3a9 ff")).position(1).limit(3);
        assertThat(Utf8.isValid(text)).isTrue();
        assertThat(text.position()).isEqualTo(1);
        assertThat(text.limit()).isEqualTo(3);
    }

    @Test
    void findsABadByteAtAnyPlaceAmongAscii() {
        for (int length = 1; length <= 40; length++) {
            for (int place = 0; place < length; place++) {
                byte[] text = Frames.bytes(length);
                text[place] = (byte) 0xBF;
                assertThat(firstImpossible(text)).isEqualTo(place);
                assertThat(Utf8.isValid(ByteBuffer.wrap(text))).isFalse();
                assertThat(Utf8.isValid(ByteBuffer.allocateDirect(length).put(0, text)))
                        .isFalse();
            }
        }
    }

    /** Every sequence of up to three bytes, and those of four whose last one is at a boundary. */
    @Test
    void agreesWithTheJdkOnEverySequence() {
        for (int first = 0; first <= 0xFF; first++) {
            assertAgreesWithTheJdk(Utf8.COMPLETE, first);
        }
    }

    private static void assertAgreesWithTheJdk(int state, int... sequence) {
        byte[] bytes = new byte[sequence.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) sequence[i];
        }
        int next = Utf8.check(state, ByteBuffer.wrap(bytes), bytes.length - 1, bytes.length);
        if ((next == Utf8.COMPLETE) != isText(bytes) || (next != Utf8.INVALID) != canBecomeText(bytes)) {
            throw new AssertionError(hex(bytes) + " gives state " + next);
        }
        if (next == Utf8.COMPLETE || next == Utf8.INVALID) {
            return; // what follows starts anew, or does not matter
        }
        int[] followers = bytes.length < 3 ? ALL_OCTETS : BOUNDARIES;
        for (int follower : followers) {
            int[] longer = Arrays.copyOf(sequence, sequence.length + 1);
            longer[sequence.length] = follower;
            assertAgreesWithTheJdk(next, longer);
        }
    }

    @Test
    void agreesWithTheJdkOnBytesAtRandom() {
        byte[] oftenSeen = hex("00 41 7f 80 8f 90 9f a0 bf c0 c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 ff");
        Seeds.forEach(3000, random -> {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = oftenSeen[random.nextInt(oftenSeen.length)];
            }
            assertThat(Utf8.isValid(ByteBuffer.wrap(bytes)))
                    .as(() -> hex(bytes))
                    .isEqualTo(isText(bytes));
            int bad = firstImpossible(bytes);
            int possible = bad < 0 ? bytes.length : bad;
            assertThat(canBecomeText(Arrays.copyOf(bytes, possible))).isTrue();
            assertThat(bad >= 0 && canBecomeText(Arrays.copyOf(bytes, bad + 1))).isFalse();
        });
    }

    /** The JDK replaces what is not UTF-8, so that it does not come back as it was. */
    private static boolean isText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    }

    /** Whether it is a text, or one with up to three more bytes; if any will do, either all 80 or all BF will. */
    private static boolean canBecomeText(byte[] start) {
        for (int more = 0; more <= 3; more++) {
            byte[] longer = Arrays.copyOf(start, start.length + more);
            for (byte filler : hex("80bf")) {
                Arrays.fill(longer, start.length, longer.length, filler);
                if (isText(longer)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The index of the byte with which the state, fed byte by byte, becomes INVALID; -1 for none. */
    private static int firstImpossible(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int state = Utf8.COMPLETE;
        for (int i = 0; i < bytes.length; i++) {
            state = Utf8.check(state, buffer, i, i + 1);
            if (state == Utf8.INVALID) {
                return i;
            }
        }
        return -1;
    }

    private static void assertSameInAnyPieces(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
        int whole = Utf8.check(Utf8.COMPLETE, buffer, 0, bytes.length);
        Splits.of(bytes.length).forEach(cuts -> {
            int state = Utf8.COMPLETE;
            int from = 0;
            for (int i = 0; i <= cuts.length && state != Utf8.INVALID; i++) {
                int to = i == cuts.length ? bytes.length : cuts[i];
                state = Utf8.check(state, buffer, from, to);
                from = to;
            }
            assertThat(state)
                    .as(() -> hex(bytes) + " cut at " + Arrays.toString(cuts))
                    .isEqualTo(whole);
        });
    }
}
