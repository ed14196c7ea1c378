package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that a client sent, and the events that must result: read whole, byte by byte, cut in two at every place and in
 * random pieces, from the heap, from a part of an array, and from direct memory.
 */
final class ClientBytes {
    private static final MessageLimits LIMITS = new MessageLimits(1_000_000, 1_000);

    private final byte[] bytes;
    private final MessageLimits limits;
    private final NegotiatedDeflate deflate;

    private ClientBytes(byte[] bytes, MessageLimits limits, NegotiatedDeflate deflate) {
        this.bytes = bytes;
        this.limits = limits;
        this.deflate = deflate;
    }

    static ClientBytes sent(String hex) {
        return sent(Frames.hex(hex));
    }

    static ClientBytes sent(byte[]... parts) {
        return new ClientBytes(Frames.concat(parts), LIMITS, NegotiatedDeflate.NONE);
    }

    ClientBytes within(MessageLimits limits) {
        return new ClientBytes(bytes, limits, deflate);
    }

    ClientBytes with(NegotiatedDeflate deflate) {
        return new ClientBytes(bytes, limits, deflate);
    }

    void assertText(String text) {
        assertEvents(new Event.Text(text));
    }

    void assertBinary(byte[] payload) {
        assertEvents(new Event.Binary(payload));
    }

    void assertEvents(Event... events) {
        assertReading(List.of(events), 0, 0);
    }

    /** A frame or a message that is not whole. */
    void assertNothingYet() {
        assertEvents();
    }

    /** The last of the events is a Close, and what follows it was not read. */
    void assertUnread(int unread, Event... events) {
        assertReading(List.of(events), 0, unread);
    }

    /** The events are those before the failure. */
    void assertFails(int code, Event... events) {
        assertReading(List.of(events), code, 0);
    }

    /** It fails with the last of these bytes, and not before. */
    void assertFailsAtLastByte(int code) {
        assertFails(code);
        new ClientBytes(Arrays.copyOf(bytes, bytes.length - 1), limits, deflate).assertNothingYet();
    }

    void assertFrames(Opcode... frames) {
        assertThat(assertSameInAnyPieces().frames()).containsExactly(frames);
    }

    private void assertReading(List<Event> events, int failure, int unread) {
        Reading reading = assertSameInAnyPieces();
        assertThat(reading).isEqualTo(new Reading(events, reading.frames(), failure, unread));
    }

    /** Whatever comes of these bytes, it is the same however they arrive. */
    Reading assertSameInAnyPieces() {
        int[] uncut = {};
        Reading whole =
                Reading.of(bytes, uncut, limits, deflate, ByteBuffer.allocate(Reading.bufferSize(bytes.length)));
        int size = Reading.bufferSize(bytes.length);
        ByteBuffer part = ByteBuffer.allocate(size + 7).slice(7, size);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(size), ByteBuffer.allocateDirect(size), part)) {
            Splits.of(bytes.length)
                    .forEach(cuts -> assertSame(Reading.of(bytes, cuts, limits, deflate, buffer), whole, cuts));
        }
        return whole;
    }

    private static void assertSame(Reading reading, Reading whole, int[] cuts) {
        assertThat(reading)
                .as(() -> cuts.length > 20 ? "byte by byte" : "cut at " + Arrays.toString(cuts))
                .isEqualTo(whole);
    }
}
