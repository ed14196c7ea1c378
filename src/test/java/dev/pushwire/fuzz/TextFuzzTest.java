package dev.pushwire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Event;
import dev.pushwire.protocol.MessageLimits;
import dev.pushwire.protocol.NegotiatedDeflate;
import dev.pushwire.protocol.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text message: the same result as from Java's own decoder, or a failure at the first byte that no text can have
 * there.
 */
class TextFuzzTest {
    private static final MessageLimits LIMITS = new MessageLimits(1000, 10);

    /** What completes the start of any character. */
    private static final List<byte[]> COMPLETIONS = Stream.of("", "80", "8080", "808080", "908080", "a080")
            .map(HexFormat.of()::parseHex)
            .toList();

    @Fuzz
    void isUtf8(byte[] input) {
        byte[] payload = Arrays.copyOf(input, Math.min(input.length, 100));
        byte[] frame = Input.frame(0x01, payload);
        String text = decode(payload);
        Reading reading = read(concat(frame, Input.frame(0x80, new byte[0])));
        assertThat(reading.failure()).isEqualTo(text == null ? 1007 : 0);
        assertThat(reading.events()).isEqualTo(text == null ? List.of() : List.of(new Event.Text(text)));

        int header = frame.length - payload.length;
        int possible = 0;
        while (possible < payload.length
                && read(Arrays.copyOf(frame, header + possible + 1)).failure() == 0) {
            possible++;
        }
        assertThat(mayBegin(payload, possible)).isTrue();
        assertThat(possible < payload.length && mayBegin(payload, possible + 1)).isFalse();
    }

    static Reading read(byte[] wire) {
        ByteBuffer buffer = ByteBuffer.allocate(Reading.bufferSize(wire.length));
        return Reading.of(wire, new int[0], LIMITS, NegotiatedDeflate.NONE, buffer);
    }

    /** Whether some text begins with these bytes. */
    private static boolean mayBegin(byte[] text, int length) {
        byte[] start = Arrays.copyOf(text, length);
        return COMPLETIONS.stream().anyMatch(completion -> decode(concat(start, completion)) != null);
    }

    /** Null for what is not UTF-8. */
    static @Nullable String decode(byte[] text) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
