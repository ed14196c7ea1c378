package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The result of reading a client's bytes with a {@link MessageReader}.
 *
 * @param frames the frames that began
 * @param failure the close code; 0 for none
 * @param unread how many bytes it left because its handler wanted no more; 0 after a failure
 */
public record Reading(List<Event> events, List<Opcode> frames, int failure, int unread) {
    /** What lies before and behind a piece in the buffer, and must stay as it is. */
    private static final byte FOREIGN = (byte) 0xAA;

    private static final int BEFORE = 3;
    private static final int BEHIND = 9;

    /** A buffer that is large enough for any piece of so many bytes. */
    public static int bufferSize(int length) {
        return BEFORE + length + BEHIND;
    }

    /** Feeds the pieces one after the other in the same buffer, as an event loop does. */
    public static Reading of(
            byte[] sent, int[] cuts, MessageLimits limits, NegotiatedDeflate deflate, ByteBuffer buffer) {
        try (MessageInflater inflater = deflate.inflater()) {
            return of(sent, cuts, new MessageReader(limits, inflater), buffer);
        }
    }

    private static Reading of(byte[] sent, int[] cuts, MessageReader reader, ByteBuffer buffer) {
        RecordingHandler handler = new RecordingHandler();
        int unread = 0;
        for (int piece = 0; piece <= cuts.length; piece++) {
            int from = piece == 0 ? 0 : cuts[piece - 1];
            int to = piece == cuts.length ? sent.length : cuts[piece];
            fill(buffer, sent, from, to);
            if (handler.wantsMore()) {
                try {
                    reader.read(buffer, handler);
                } catch (ProtocolException e) {
                    return new Reading(
                            handler.events(), handler.frames(), e.status().code(), 0);
                }
            }
            assertUntouchedAround(buffer, to - from);
            unread += buffer.remaining();
        }
        return new Reading(handler.events(), handler.frames(), 0, unread);
    }

    private static void fill(ByteBuffer buffer, byte[] sent, int from, int to) {
        buffer.clear();
        for (int i = 0; i < BEFORE; i++) {
            buffer.put(FOREIGN);
        }
        buffer.put(sent, from, to - from);
        for (int i = 0; i < BEHIND; i++) {
            buffer.put(FOREIGN);
        }
        buffer.position(BEFORE).limit(BEFORE + to - from);
    }

    private static void assertUntouchedAround(ByteBuffer buffer, int length) {
        ByteBuffer all = buffer.duplicate().clear();
        boolean untouched = buffer.limit() == BEFORE + length;
        for (int i = 0; i < BEFORE; i++) {
            untouched &= all.get(i) == FOREIGN;
        }
        for (int i = 0; i < BEHIND; i++) {
            untouched &= all.get(BEFORE + length + i) == FOREIGN;
        }
        if (!untouched) {
            throw new AssertionError("The limit was moved, or what lies around the piece was changed");
        }
    }
}
