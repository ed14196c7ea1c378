package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientBytes.sent;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.fragment;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.last;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link MessageReader} leaves of its buffer, and what it tells its handler when. */
class MessageReaderBufferTest {
    private static final byte[] NOTHING = {};

    @Nested
    class FramesOfAnyKind {
        @Test
        void areAnnounced() {
            sent("01 81 00000000 61  89 80 00000000  00 80 00000000  8a 80 00000000  80 80 00000000  82 80 00000000")
                    .assertFrames(
                            Opcode.TEXT,
                            Opcode.PING,
                            Opcode.CONTINUATION,
                            Opcode.PONG,
                            Opcode.CONTINUATION,
                            Opcode.BINARY);
        }

        @Test
        void areAnnouncedByTheirHeader() {
            sent("89 81 00000000").assertFrames(Opcode.PING);
            sent("82 fe 0400 00000000").assertFrames(Opcode.BINARY);
        }

        @Test
        void areNotAnnouncedWhenForbidden() {
            sent("89 80 00000000  83 80 00000000").assertFrames(Opcode.PING);
            sent("89 80 00000000  82 ff 4000000000000000 00000000").assertFrames(Opcode.PING);
        }
    }

    @Nested
    class Buffers {
        private final byte[] three =
                concat(last(Opcode.TEXT, utf8("one")), last(Opcode.PING, NOTHING), last(Opcode.TEXT, utf8("three")));

        @Test
        void mayHoldManyFrames() {
            sent(three).assertEvents(new Event.Text("one"), new Event.Ping(""), new Event.Text("three"));
        }

        @Test
        void mayBeEmpty() {
            sent("").assertNothingYet();
        }

        @ParameterizedTest
        @DisplayName("an unfinished frame gives nothing yet")
        @ValueSource(
                strings = {"81", "81 85 37fa21", "81 85 37fa213d", "81 85 37fa213d 7f9f4d51", "82 fe", "89 81 00000000"
                })
        void unfinished(String frame) {
            sent(frame).assertNothingYet();
        }

        @Test
        void anUnfinishedMessageGivesNothingYet() {
            sent("01 83 37fa213d 7f9f4d").assertNothingYet();
        }

        @Test
        void eventsBeforeAFailureAreDelivered() {
            sent(three, hex("ff ff"))
                    .assertFails(1002, new Event.Text("one"), new Event.Ping(""), new Event.Text("three"));
        }

        @Test
        void theRestIsUnreadWhenTheHandlerWantsNoMore() {
            MessageReader reader = new MessageReader(new MessageLimits(100, 10), null);
            RecordingHandler handler = RecordingHandler.wanting(1);
            ByteBuffer in = ByteBuffer.wrap(three.clone());

            reader.read(in, handler);
            assertThat(handler.events()).containsExactly(new Event.Text("one"));
            assertThat(hex(in))
                    .as("what is left, still masked")
                    .isEqualTo(hex(three).substring(2 * 9));

            reader.read(in, handler);
            assertThat(handler.events()).hasSize(1);

            handler.want(2);
            reader.read(in, handler);
            assertThat(handler.events()).hasSize(3);
            assertThat(in.hasRemaining()).isFalse();
        }

        @Test
        void aHandlerMayStopBetweenFragments() {
            MessageReader reader = new MessageReader(new MessageLimits(100, 10), null);
            RecordingHandler handler = RecordingHandler.wanting(1);
            byte[] end = last(Opcode.CONTINUATION, utf8("b"));
            ByteBuffer in = ByteBuffer.wrap(concat(fragment(Opcode.TEXT, utf8("a")), last(Opcode.PING, NOTHING), end));

            reader.read(in, handler);
            assertThat(in.remaining()).isEqualTo(end.length);

            handler.want(1);
            reader.read(in, handler);
            assertThat(handler.events()).containsExactly(new Event.Ping(""), new Event.Text("ab"));
        }

        @Test
        void aFrameUnderWayIsReadWhetherMoreIsWantedOrNot() {
            MessageReader reader = new MessageReader(new MessageLimits(100, 10), null);
            RecordingHandler handler = new RecordingHandler();
            byte[] frame = last(Opcode.BINARY, hex("0102"));

            reader.read(ByteBuffer.wrap(frame, 0, 7), handler);
            handler.want(0);
            reader.read(ByteBuffer.wrap(frame, 7, 1), handler);
            assertThat(handler.events()).containsExactly(new Event.Binary("0102"));
        }
    }
}
