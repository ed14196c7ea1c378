package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.content;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTest {
    private static final String LONG = "a text, ".repeat(100);

    private static Message text(String text) {
        return Message.of(Opcode.TEXT, ByteBuffer.wrap(utf8(text)));
    }

    private static Message binary(int... octets) {
        ByteBuffer payload = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            payload.put((byte) octet);
        }
        return Message.of(Opcode.BINARY, payload.flip());
    }

    private static String in(Framing framing, Message message) {
        return new String(content(message.in(framing)), UTF_8);
    }

    private static String payload(Message message) {
        return UTF_8.decode(message.payload()).toString();
    }

    @Test
    void isAFrameOnAWebSocket() {
        assertThat(hex(content(text("Hello").in(Framing.WEBSOCKET)))).isEqualTo("810548656c6c6f");
        assertThat(text("Hello").webSocket().opcode()).isEqualTo(Opcode.TEXT.code());
    }

    /** RFC 9112, section 7.1. */
    @Test
    void isAChunkOfAResponse() {
        assertThat(in(Framing.HTTP_CHUNKED, text("Hello"))).isEqualTo("5\r\nHello\r\n");
        assertThat(in(Framing.HTTP_CHUNKED, text("x".repeat(300)))).isEqualTo("12c\r\n" + "x".repeat(300) + "\r\n");
    }

    @Test
    void isItselfWhereAResponseHasNoChunks() {
        assertThat(in(Framing.HTTP_PLAIN, text("Hello"))).isEqualTo("Hello");
    }

    /** A chunk of size 0 would end the response. */
    @Test
    void withoutContentIsNothingInAResponse() {
        assertThat(in(Framing.HTTP_CHUNKED, text(""))).isEmpty();
        assertThat(in(Framing.HTTP_PLAIN, text(""))).isEmpty();
        assertThat(hex(content(text("").webSocket()))).isEqualTo("8100");
    }

    @ParameterizedTest
    @EnumSource
    void isEncodedOnceForEachFraming(Framing framing) {
        Message message = text("Hello");
        assertThat(message.in(framing)).isSameAs(message.in(framing));
    }

    @ParameterizedTest
    @EnumSource
    void mayBeMissedHoweverItIsFramed(Framing framing) {
        DropPolicy how = new DropPolicy("subject");
        assertThat(text("Hello").withDropPolicy(how).in(framing).dropPolicy()).isEqualTo(how);
    }

    @Nested
    class Wrapped {
        private final Message message = text("Hello").wrapped(utf8("data: "), utf8("\n\n"));

        @Test
        void isTheContentBetweenTheBytes() {
            assertThat(payload(message)).isEqualTo("data: Hello\n\n");
            assertThat(message.payloadSize()).isEqualTo(13);
            assertThat(hex(content(message.webSocket()))).isEqualTo("810d" + hex(utf8("data: Hello\n\n")));
            assertThat(in(Framing.HTTP_CHUNKED, message)).isEqualTo("d\r\ndata: Hello\n\n\r\n");
            assertThat(in(Framing.HTTP_PLAIN, message)).isEqualTo("data: Hello\n\n");
        }

        @Test
        void mayBeWrappedAgain() {
            assertThat(payload(message.wrapped(utf8("<"), utf8(">")))).isEqualTo("<data: Hello\n\n>");
        }

        @Test
        void isCopiedInPieces() {
            byte[] whole = content(message.in(Framing.HTTP_CHUNKED));
            for (int room = 1; room <= whole.length; room++) {
                ByteBuffer pieces = ByteBuffer.allocate(whole.length);
                while (pieces.hasRemaining()) {
                    ByteBuffer target = ByteBuffer.allocate(room);
                    assertThat(message.in(Framing.HTTP_CHUNKED).copyTo(target, pieces.position()))
                            .isEqualTo(Math.min(room, pieces.remaining()))
                            .isEqualTo(target.position());
                    pieces.put(target.flip());
                }
                assertThat(pieces.array()).isEqualTo(whole);
            }
        }

        @Test
        void isCompressedWhole() {
            try (MessageDeflater deflater = new MessageDeflater(6)) {
                EncodedFrame frame =
                        text(LONG).wrapped(utf8("head:"), utf8(":tail")).deflated(15, 0, deflater);
                assertThat(DeflateDecoder.decode(Frames.payload(frame), 2000).payload())
                        .isEqualTo(utf8("head:" + LONG + ":tail"));
            }
        }
    }

    @Nested
    class Units {
        private final Message unit = Message.unit(List.of(text("event"), binary(1, 2), binary(3)));

        @Test
        void areTheirFramesOneAfterTheOther() {
            assertThat(hex(content(unit.webSocket()))).isEqualTo("81056576656e74" + "82020102" + "820103");
            assertThat(unit.webSocket().messages()).isEqualTo(3);
            assertThat(unit.payloadSize()).isEqualTo(8);
        }

        @Test
        void areTheirChunksOneAfterTheOther() {
            Message lines = Message.unit(List.of(text("one\n").wrapped(utf8(":"), utf8("\n")), text("two\n")));
            assertThat(in(Framing.HTTP_CHUNKED, lines)).isEqualTo("6\r\n:one\n\n\r\n4\r\ntwo\n\r\n");
            assertThat(in(Framing.HTTP_PLAIN, lines)).isEqualTo(":one\n\ntwo\n");
            assertThat(lines.in(Framing.HTTP_CHUNKED).messages()).isEqualTo(2);
        }

        @Test
        void areTakenApartInAnother() {
            Message more = Message.unit(List.of(unit, text("!")));
            assertThat(hex(content(more.webSocket()))).isEqualTo(hex(content(unit.webSocket())) + "810121");
            assertThat(more.parts()).hasSize(4);
        }

        @Test
        void areCompressedFrameByFrame() {
            Message mixed = Message.unit(List.of(text(LONG), binary(1, 2), text(LONG)));
            try (MessageDeflater deflater = new MessageDeflater(6)) {
                EncodedFrame alone = text(LONG).deflated(15, 100, deflater);
                assertThat(hex(content(mixed.deflated(15, 100, deflater))))
                        .isEqualTo(hex(content(alone)) + "82020102" + hex(content(alone)));
                assertThat(mixed.deflated(15, 100, deflater)).isSameAs(mixed.deflated(15, 100, deflater));
                assertThat(unit.deflated(15, 0, deflater))
                        .as("nothing gets smaller")
                        .isSameAs(unit.webSocket());
            }
        }

        @Test
        void mayBeMissedAsAWhole() {
            DropPolicy how = new DropPolicy(null);
            Message dropped = Message.unit(List.of(text("a").withDropPolicy(new DropPolicy("b")), text("c")));
            assertThat(dropped.webSocket().dropPolicy()).isNull();
            assertThat(dropped.withDropPolicy(how).webSocket().dropPolicy()).isEqualTo(how);
        }

        @Test
        void haveAHeadBeforeTheFirst() {
            assertThat(hex(content(unit.wrapped(utf8("-"), new byte[0]).webSocket())))
                    .isEqualTo("81062d6576656e74" + "82020102" + "820103");
        }

        @Test
        void mayHaveVeryManyParts() {
            List<Message> many = Collections.nCopies(20_000, binary(7));
            Message large = Message.unit(many);
            assertThat(content(large.in(Framing.HTTP_CHUNKED))).hasSize(20_000 * 6);
            try (MessageDeflater deflater = new MessageDeflater(6)) {
                assertThat(large.deflated(15, 100, deflater)).isSameAs(large.webSocket());
            }
        }

        @Test
        void haveAtLeastOnePart() {
            assertThatThrownBy(() -> Message.unit(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** What is shared counts once, whatever stands before it and however it is framed. */
    @Nested
    class Memory {
        private final Message message = text("x".repeat(10_000));

        @Test
        void ofTheContentCountsOnce() {
            int first = message.webSocket().hold();
            assertThat(first).isBetween(10_000, 10_200);
            assertThat(message.webSocket().hold()).isZero();
            assertThat(message.in(Framing.HTTP_CHUNKED).hold()).isBetween(1, 200);
            assertThat(message.wrapped(utf8("head"), utf8("tail")).webSocket().hold())
                    .isBetween(1, 200);
        }

        @Test
        void isGivenBackWithTheLastHolder() {
            EncodedFrame plain = message.webSocket();
            EncodedFrame chunk = message.in(Framing.HTTP_CHUNKED);
            int taken = plain.hold() + chunk.hold();
            int back = plain.release();
            assertThat(back).isLessThan(200);
            assertThat(back + chunk.release()).isEqualTo(taken);
        }

        /** Not only their bytes on the wire: a peer may have many small ones made. */
        @Test
        void ofAUnitCountsEachOfItsFrames() {
            Message unit = Message.unit(Collections.nCopies(100, binary()));
            assertThat(unit.webSocket().size()).isEqualTo(200);
            assertThat(unit.size()).isGreaterThan(99 * EncodedFrame.OVERHEAD);
            assertThat(unit.webSocket().overhead()).isEqualTo(100 * EncodedFrame.OVERHEAD);
            assertThat(unit.webSocket().hold()).isGreaterThan(100 * EncodedFrame.OVERHEAD);
        }
    }
}
