package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientDeflater.deflated;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.compressed;
import static dev.pushwire.protocol.Frames.compressedFragment;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.fragment;
import static dev.pushwire.protocol.Frames.frame;
import static dev.pushwire.protocol.NegotiatedDeflate.NO_TAKEOVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 10.4: the limits of a compressed message, which fails with 1009 beyond them. */
class MessageReaderDeflateLimitsTest {
    private static final byte[] NOTHING = {};

    private final MessageLimits limits = new MessageLimits(1000, 10);

    @Test
    void concernTheMessageAsItWas() {
        ClientBytes.sent(compressed(Opcode.BINARY, deflated(bytes(1000))))
                .with(NO_TAKEOVER)
                .within(limits)
                .assertBinary(bytes(1000));
        ClientBytes.sent(compressed(Opcode.BINARY, deflated(bytes(1001))))
                .with(NO_TAKEOVER)
                .within(limits)
                .assertFailsAtLastByte(1009);
    }

    /** Compression that was of no use adds a few bytes. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void leaveRoomForWhatCannotBeCompressed(NegotiatedDeflate deflate) {
        byte[] payload = Seeds.bytes(new Random(1), 1000);
        byte[] message = new ClientDeflater(0, false).next(payload);
        assertThat(message.length).isGreaterThan(1000);
        ClientBytes.sent(compressed(Opcode.BINARY, message))
                .with(deflate)
                .within(limits)
                .assertBinary(payload);
    }

    @ParameterizedTest
    @DisplayName("a frame far larger than any such message fails with its header")
    @ValueSource(strings = {"c2 fe 07d0 00000000", "42 fe ffff 00000000", "c1 ff 4000000000000000 00000000"})
    void largeFrames(String header) {
        ClientBytes.sent(header).with(NO_TAKEOVER).within(limits).assertFailsAtLastByte(1009);
    }

    @Test
    void countFragmentsToo() {
        byte[] nine = concat(
                Collections.nCopies(9, fragment(Opcode.CONTINUATION, NOTHING)).toArray(byte[][]::new));
        ClientBytes.sent(compressedFragment(Opcode.TEXT, deflated("Hello")), nine, frame(0, NOTHING, 0))
                .with(NO_TAKEOVER)
                .within(limits)
                .assertFails(1009);
    }

    @Test
    void areAllThatABombCosts() {
        int limit = 1 << 20;
        byte[] bomb = frame(0xC1, deflated(bytes(32 * limit)), 0);
        assertThat(bomb.length).isLessThan(limit / 20);
        byte[] scratch = new byte[64 * 1024];
        try (MessageInflater inflater = new MessageInflater(false, scratch)) {
            assertThat(Allocation.of(() -> assertTooBig(bomb, new MessageLimits(limit, 10), inflater)))
                    .isLessThan(limit + scratch.length + 4096);
        }
    }

    private static void assertTooBig(byte[] frame, MessageLimits limits, MessageInflater inflater) {
        MessageReader reader = new MessageReader(limits, inflater);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader.read(ByteBuffer.wrap(frame), new DiscardingHandler()))
                .satisfies(e -> assertThat(e.status().code()).isEqualTo(1009));
    }
}
