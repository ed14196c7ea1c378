package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 5.3, against its own words in {@link Frames#masked}. */
class MaskingTest {
    private static final int LONGEST = 40;
    private static final int LARGEST_OFFSET = 8;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 0x37fa213d, 0x01020304, 0x80000000, 0x0000ff00})
    void unmasksAnyLengthAtAnyOffset(int key) {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] payload = Seeds.bytes(new Random(length), length);
            for (int offset = 0; offset <= LARGEST_OFFSET; offset++) {
                for (ByteBuffer buffer : buffers(payload, offset)) {
                    int rotated = Masking.apply(buffer, offset, length, key);
                    assertContent(buffer, offset, Frames.masked(payload, key));
                    assertThat(rotated).as("key").isEqualTo(Integer.rotateLeft(key, 8 * length));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x37fa213d, 0xfffefdfc})
    void goesOnInTheMiddleOfTheKey(int key) {
        byte[] payload = Seeds.bytes(new Random(1), LONGEST);
        for (int first = 0; first <= LONGEST; first++) {
            for (int second = first; second <= LONGEST; second++) {
                ByteBuffer buffer = ByteBuffer.wrap(payload.clone());
                int rotated = Masking.apply(buffer, 0, first, key);
                rotated = Masking.apply(buffer, first, second - first, rotated);
                Masking.apply(buffer, second, LONGEST - second, rotated);
                assertContent(buffer, 0, Frames.masked(payload, key));
            }
        }
    }

    @Test
    void leavesPositionAndLimit() {
        ByteBuffer buffer = ByteBuffer.allocate(30).position(5).limit(20);
        Masking.apply(buffer, 7, 11, 0x37fa213d);
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(buffer.limit()).isEqualTo(20);
    }

    /** On the heap and direct, the payload at {@code offset} in zeros. */
    private static List<ByteBuffer> buffers(byte[] payload, int offset) {
        int size = LARGEST_OFFSET + LONGEST + LARGEST_OFFSET;
        return List.of(
                ByteBuffer.allocate(size).put(offset, payload),
                ByteBuffer.allocateDirect(size).put(offset, payload));
    }

    private static void assertContent(ByteBuffer buffer, int offset, byte[] payload) {
        ByteBuffer expected = ByteBuffer.allocate(buffer.capacity()).put(offset, payload);
        assertThat(buffer).isEqualTo(expected);
    }
}
