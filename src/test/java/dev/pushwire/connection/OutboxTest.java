package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.MessageDeflater;
import dev.pushwire.protocol.Opcode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
    private final FakeTransport transport = new FakeTransport();
    private final ByteBuffer scratch = ByteBuffer.allocate(64);
    private final Outbox outbox = new Outbox();

    private static EncodedFrame frame(String text) {
        return EncodedFrame.of(Opcode.TEXT, Wire.utf8(text));
    }

    private int flush() throws IOException {
        return outbox.flush(transport, scratch);
    }

    private void assertEmpty() {
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 8, 9, 100})
    void keepsTheOrderHoweverManyThereAre(int count) throws IOException {
        IntStream.range(0, count).forEach(i -> outbox.add(frame(Integer.toString(i))));
        assertThat(outbox.bytes())
                .isEqualTo(IntStream.range(0, count)
                        .map(i -> frame(Integer.toString(i)).size())
                        .sum());
        while (!outbox.isEmpty()) {
            flush();
        }
        assertEmpty();
        assertThat(Wire.frames(transport.taken()))
                .isEqualTo(IntStream.range(0, count).mapToObj(i -> "text " + i).toList());
    }

    /** The ring has come round by then, and its head lies anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void growsFromAnyPlaceOfItsRing(int gone) throws IOException {
        for (int i = 0; i < gone; i++) {
            outbox.add(frame("gone"));
            outbox.add(frame("and gone"));
            transport.takes(frame("gone").size());
            flush();
            transport.takesAll();
            flush();
        }
        int before = transport.taken().length;
        outbox.add(frame("0"));
        transport.takes(1);
        flush();
        IntStream.range(1, 20).forEach(i -> outbox.add(frame(Integer.toString(i))));
        transport.takesAll();
        while (!outbox.isEmpty()) {
            flush();
        }
        byte[] all = transport.taken();
        assertThat(Wire.frames(Arrays.copyOfRange(all, before, all.length)))
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "text " + i).toList());
    }

    /** Whatever the socket takes at a time, the peer gets the same bytes, and the count of those that wait is right. */
    @Test
    void anyPartialWritesGiveTheSameStream() throws IOException {
        List<EncodedFrame> frames = List.of(frame(""), frame("a"), frame("x".repeat(70)), frame("y".repeat(130)));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        frames.forEach(frame -> expected.writeBytes(Wire.bytes(frame).array()));
        for (int atATime = 1; atATime <= expected.size(); atATime++) {
            FakeTransport narrow = new FakeTransport();
            frames.forEach(outbox::add);
            while (!outbox.isEmpty()) {
                narrow.takes(atATime);
                int taken = outbox.flush(narrow, scratch);
                assertThat(taken).isPositive();
                assertThat(outbox.bytes()).isEqualTo(expected.size() - narrow.taken().length);
            }
            assertThat(narrow.taken()).isEqualTo(expected.toByteArray());
            assertEmpty();
        }
    }

    @Test
    void aSocketThatTakesNothingLosesNothing() throws IOException {
        outbox.add(frame("waits"));
        transport.takes(0);
        assertThat(flush()).isZero();
        assertThat(outbox.bytes()).isEqualTo(frame("waits").size());
        transport.takesAll();
        assertThat(flush()).isEqualTo(frame("waits").size());
        assertEmpty();
    }

    @Test
    void smallFramesShareAWrite() throws IOException {
        IntStream.range(0, 10).forEach(i -> outbox.add(frame(Integer.toString(i))));
        flush();
        assertThat(transport.writes()).isEqualTo(1);
    }

    @Test
    void aFlushOfNothingIsNoWrite() throws IOException {
        assertThat(flush()).isZero();
        assertThat(transport.writes()).isZero();
    }

    @Test
    void writesSoManyTimesAndThenGivesOthersATurn() throws IOException {
        outbox.add(frame("x".repeat(100 * scratch.capacity())));
        flush();
        assertThat(transport.writes()).isEqualTo(8);
        assertThat(outbox.isEmpty()).isFalse();
    }

    @Test
    void aFailedWriteIsPassedOn() {
        outbox.add(frame("a"));
        transport.breaks();
        assertThatExceptionOfType(IOException.class).isThrownBy(this::flush);
    }

    /** It begins in the middle of a frame, of which the socket has taken the rest. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void theRestOfAFrameIsNeverDropped(int takenOfRest) throws IOException {
        byte[] begun = Wire.bytes(frame("begun")).array();
        transport.write(ByteBuffer.wrap(begun, 0, 3));
        outbox.addRest(EncodedFrame.rest(ByteBuffer.wrap(begun, 3, 4)));
        outbox.add(frame("dropped"));
        transport.takes(takenOfRest);
        flush();
        outbox.discardUnsent(false);
        outbox.discardUnsent(false);
        assertThat(outbox.bytes()).isEqualTo(4 - takenOfRest);
        outbox.add(frame("last"));
        transport.takesAll();
        flush();
        assertThat(Wire.frames(transport.taken())).containsExactly("text begun", "text last");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 6, 7, 8, 13, 14})
    void whatIsUnsentIsDroppedSaveTheRestOfAFrameThatIsBegun(int sent) throws IOException {
        for (String text : List.of("11111", "22222", "33333")) {
            outbox.add(frame(text)); // 7 bytes each
        }
        transport.takes(sent);
        flush();
        outbox.discardUnsent(false);
        assertThat(outbox.bytes()).isEqualTo((7 - sent % 7) % 7);
        outbox.add(frame("last"));
        transport.takesAll();
        flush();
        List<String> whole = List.of("text 11111", "text 22222").subList(0, (sent + 6) / 7);
        List<String> expected = new ArrayList<>(whole);
        expected.add("text last");
        assertThat(Wire.frames(transport.taken())).isEqualTo(expected);
        assertEmpty();
    }

    @Test
    void clearedIsEmptyAndStillOfUse() throws IOException {
        outbox.add(frame("half"));
        transport.takes(2);
        flush();
        outbox.clear();
        assertEmpty();
        outbox.add(frame("new"));
        assertThat(outbox.bytes()).isEqualTo(frame("new").size());
    }

    /** Compares the outbox with a queue of bytes. */
    @Test
    void randomUseIsThatOfAQueue() throws IOException {
        Random random = new Random(1);
        ArrayDeque<Byte> expected = new ArrayDeque<>();
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(3) > 0) {
                EncodedFrame frame = frame("z".repeat(random.nextInt(40)));
                outbox.add(frame);
                for (byte b : Wire.bytes(frame).array()) {
                    expected.add(b);
                }
            } else {
                int before = transport.taken().length;
                transport.takes(random.nextInt(200));
                flush();
                byte[] taken = transport.taken();
                for (int i = before; i < taken.length; i++) {
                    assertThat(taken[i]).isEqualTo(expected.remove());
                }
            }
            assertThat(outbox.bytes()).isEqualTo(expected.size());
        }
    }

    private static EncodedFrame droppable(String text) {
        return frame(text).withDropPolicy(new DropPolicy(null));
    }

    private static EncodedFrame about(String subject, String text) {
        return frame(text).withDropPolicy(new DropPolicy(subject));
    }

    private void assertLeft(String... texts) throws IOException {
        assertThat(outbox.bytes())
                .isEqualTo(Stream.of(texts).mapToInt(text -> frame(text).size()).sum());
        while (!outbox.isEmpty()) {
            flush();
        }
        assertThat(Wire.frames(transport.taken()))
                .isEqualTo(Stream.of(texts).map(text -> "text " + text).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void leavesOutTheOldestThatMayBeMissedAndNoMoreThanItMust(int gone) throws IOException {
        for (int i = 0; i < gone; i++) {
            outbox.add(frame("gone"));
        }
        flush();
        int before = transport.taken().length;
        for (String text : List.of("a", "b", "c", "d", "e")) {
            outbox.add(text.equals("b") ? frame(text) : droppable(text));
        }
        assertThat(outbox.shed(3 * frame("x").size() + 3L * EncodedFrame.OVERHEAD))
                .isEqualTo(new DropCounts(2, 0));
        outbox.add(frame("f"));
        assertThat(outbox.bytes()).isEqualTo(4L * frame("x").size());
        flush();
        byte[] taken = transport.taken();
        assertThat(Wire.frames(Arrays.copyOfRange(taken, before, taken.length)))
                .containsExactly("text b", "text d", "text e", "text f");
    }

    @Test
    void leavesOutWhatNewerOnesStandFor() throws IOException {
        outbox.add(about("x", "x1"));
        outbox.add(about("y", "y1"));
        outbox.add(frame("kept"));
        outbox.add(about("x", "x2"));
        outbox.add(about("x", "x3"));
        assertThat(outbox.shed(0)).isEqualTo(new DropCounts(0, 2));
        assertLeft("y1", "kept", "x3");
        assertThat(outbox.shed(0)).isEqualTo(new DropCounts(0, 0));
    }

    @Test
    void neverLeavesOutWhatHasBegun() throws IOException {
        outbox.add(droppable("begun"));
        outbox.add(droppable("next"));
        transport.takes(3);
        flush();
        assertThat(outbox.shed(0)).isEqualTo(new DropCounts(1, 0));
        transport.takesAll();
        flush();
        assertThat(Wire.frames(transport.taken())).containsExactly("text begun");
        assertEmpty();
    }

    private static EncodedFrame unit(String... texts) {
        return Message.unit(Arrays.stream(texts)
                        .map(text -> Message.of(Opcode.TEXT, ByteBuffer.wrap(Wire.utf8(text))))
                        .toList())
                .withDropPolicy(new DropPolicy(null))
                .webSocket();
    }

    @Test
    void aUnitIsLeftOutWholeAndCountsAsItsFrames() throws IOException {
        outbox.add(unit("a", "b", "c"));
        outbox.add(unit("d", "e"));
        assertThat(outbox.shed(2L * (3 + EncodedFrame.OVERHEAD))).isEqualTo(new DropCounts(3, 0));
        transport.takesAll();
        flush();
        assertThat(Wire.frames(transport.taken())).containsExactly("text d", "text e");
        assertEmpty();
    }

    @Test
    void aUnitThatTheSocketHasBegunWithStaysWhole() throws IOException {
        outbox.add(unit("a", "b"));
        transport.takes(1);
        flush();
        outbox.putPong(pong("p"));
        assertThat(outbox.shed(0)).isEqualTo(new DropCounts(0, 0));
        outbox.discardUnsent(false);
        outbox.add(frame("last"));
        transport.takesAll();
        flush();
        assertThat(Wire.frames(transport.taken())).containsExactly("text a", "text b", "text last");
        assertEmpty();
    }

    /** A compressed form is left out as the message itself is. */
    @Test
    void aCompressedFrameMayBeMissedAsWell() {
        Message large = Message.of(Opcode.TEXT, ByteBuffer.wrap(new byte[1000])).withDropPolicy(new DropPolicy("x"));
        try (MessageDeflater deflater = new MessageDeflater(6)) {
            EncodedFrame small = large.deflated(15, 0, deflater);
            assertThat(small.size()).isLessThan(large.webSocket().size());
            assertThat(small.dropPolicy()).isEqualTo(large.webSocket().dropPolicy());
        }
    }

    @Test
    void theHeadIsKeptThoughNothingOfItIsSentWhereThatIsAskedFor() throws IOException {
        outbox.add(frame("head"));
        outbox.add(frame("dropped"));
        outbox.discardUnsent(true);
        outbox.add(frame("last"));
        flush();
        assertThat(Wire.frames(transport.taken())).containsExactly("text head", "text last");
        assertEmpty();
    }

    private static EncodedFrame pong(String payload) {
        return EncodedFrame.of(Opcode.PONG, Wire.utf8(payload));
    }

    /** Wherever the ring's head is, and whatever is left out before the pong. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aPongTakesThePlaceOfTheOneThatWaits(int before) throws IOException {
        for (int i = 0; i < before; i++) {
            outbox.add(frame("gone"));
        }
        flush();
        outbox.add(frame("stays"));
        outbox.add(frame("old").withDropPolicy(new DropPolicy("topic")));
        assertThat(outbox.putPong(pong("1"))).isTrue();
        outbox.add(frame("new").withDropPolicy(new DropPolicy("topic")));
        assertThat(outbox.putPong(pong("the second"))).isFalse();
        outbox.shed(0);
        assertThat(outbox.putPong(pong("3rd"))).isFalse();
        assertThat(outbox.bytes()).isEqualTo(7 + 5 + 5);
        flush();
        assertThat(Wire.frames(transport.taken())).endsWith("text stays", "pong 3rd", "text new");
        assertEmpty();
        assertThat(outbox.putPong(pong("4"))).isTrue();
        flush();
        assertThat(Wire.frames(transport.taken())).endsWith("pong 4");
    }

    @Test
    void aPongThatIsBegunKeepsItsContent() throws IOException {
        assertThat(outbox.putPong(pong("first"))).isTrue();
        transport.takes(3);
        flush();
        assertThat(outbox.putPong(pong("second"))).isTrue();
        assertThat(outbox.putPong(pong("third"))).isFalse();
        transport.takesAll();
        flush();
        assertThat(Wire.frames(transport.taken())).containsExactly("pong first", "pong third");
    }
}
