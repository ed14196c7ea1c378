package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection writes, in which order, and with how many writes. */
class WritePathTest {
    /** More than a loop's reply and gather buffers hold. */
    private static final int LARGE = 140_000;

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection = loop.connection().open();

    private static ByteBuffer binary(int size) {
        return ByteBuffer.allocate(size);
    }

    private TestConnection withOutboxOf(int limit) {
        return loop.connection(Execution.EVENT_LOOP, TestConnection.limits(limit, 1_000))
                .open();
    }

    private TrafficCounters counters() {
        return loop.loop().traffic().of(EndpointBinding.WEBSOCKET);
    }

    @Nested
    class OneWrite {
        @Test
        void forAllThatIsAnsweredInOneTurn() {
            connection.endpoint.echo();
            connection.receives(Wire.numberedTexts(64));
            assertThat(connection.transport.writes()).isEqualTo(1);
            assertThat(connection.sent())
                    .isEqualTo(IntStream.range(0, 64).mapToObj(i -> "text " + i).toList());
        }

        @Test
        void forMessagesPongsAndTheCloseTogether() {
            connection.endpoint.echo();
            connection.receives(Wire.text("a"), Wire.ping("p"), Wire.binary((byte) 1), Wire.close(1000));
            assertThat(connection.transport.writes()).isEqualTo(1);
            connection.assertSent("text a", "pong p", "binary 01", "close 1000");
        }

        @Test
        void forAllThatIsSentToItInOnePass() {
            for (String text : List.of("a", "b", "c")) {
                connection.session().send(OutboundMessage.text(text));
            }
            assertThat(connection.transport.writes()).isZero();
            loop.pass();
            assertThat(connection.transport.writes()).isEqualTo(1);
            connection.assertSent("text a", "text b", "text c");
        }

        @Test
        void forAllThatOtherThreadsSendInOnePass() throws InterruptedException {
            Thread.ofVirtual()
                    .start(() -> List.of("a", "b", "c")
                            .forEach(text -> connection.session().send(text)))
                    .join();
            loop.pass();
            assertThat(connection.transport.writes()).isEqualTo(1);
            connection.assertSent("text a", "text b", "text c");
        }

        @Test
        void forAllThatOneReadBrought() {
            TestConnection roomy = withOutboxOf(1_000_000);
            roomy.endpoint.echo();
            byte[][] frames = new byte[200][];
            Arrays.fill(frames, Wire.text("x".repeat(1_000)));
            roomy.receives(frames); // takes two reads
            assertThat(roomy.transport.writes()).isEqualTo(2);
            assertThat(roomy.sent()).hasSize(200);
        }

        /** Before the answers are more than the peer may leave unread, it is tried whether it reads. */
        @Test
        void orSeveralForMoreThanMayWait() {
            TestConnection narrow = withOutboxOf(1_000);
            narrow.endpoint.echo();
            narrow.receives(Wire.numberedTexts(1_000));
            assertThat(narrow.transport.writes()).isBetween(9, 11);
            assertThat(narrow.sent()).hasSize(1_000);
        }
    }

    @Nested
    class Order {
        /** The answers fill the loop's reply buffer and go on in the outbox, wherever the socket stops taking them. */
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 2, 3, 5, 60_000, 130_000, 131_072, 131_073, 180_000, 199_999, Long.MAX_VALUE})
        void ofAnswersHoldsWhateverTheSocketTakes(long taken) {
            TestConnection roomy = withOutboxOf(1_000_000);
            roomy.endpoint.onText = (session, _) -> {
                for (int i = 0; i < 40; i++) {
                    session.send(Integer.toString(i));
                    session.send(OutboundMessage.binary(binary(2_000)));
                    session.send(binary(1_000 + i));
                }
            };
            roomy.transport.takes(taken);
            roomy.receives(Wire.text("go"));
            roomy.peerReads();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                expected.addAll(List.of("text " + i, "binary of 2000", "binary of " + (1_000 + i)));
            }
            assertThat(roomy.sent()).isEqualTo(expected);
        }

        @Test
        void ofWhatIsSentInItsTurnAndOutsideOfIt() {
            connection.endpoint.echo();
            connection.session().send("before");
            connection.receives(Wire.text("in turn"));
            connection.session().send("behind");
            loop.settle();
            connection.assertSent("text before", "text in turn", "text behind");
        }

        @Test
        void ofWhatWaitsAndOfAnswers() {
            connection.endpoint.echo();
            connection.peerStopsReading();
            connection.session().send("waits");
            connection.receives(Wire.text("a"), Wire.ping("p"));
            connection.session().send("b");
            connection.peerReads();
            connection.assertSent("text waits", "text a", "pong p", "text b");
        }

        /** Behind what waits they gather to one piece, so that even the smallest cost no more than their bytes. */
        @Test
        void ofManySmallAnswersIsKeptInOnePiece() {
            connection.endpoint.echo();
            connection.peerStopsReading();
            connection.session().send("waits");
            connection.receives(Wire.numberedTexts(5_000));
            connection.transport.takes(100);
            loop.settle();
            connection.peerReads();
            List<String> expected = new ArrayList<>(List.of("text waits"));
            IntStream.range(0, 5_000).forEach(i -> expected.add("text " + i));
            assertThat(connection.sent()).isEqualTo(expected);
        }

        @Test
        void isLeftWithAPartOfAFrameWhenTheRestIsDropped() {
            connection.endpoint.echo();
            connection.transport.takes(3);
            connection.receives(Wire.text("half"));
            connection.session().send("dropped");
            loop.settle();
            connection.ends(new Ending.WentQuiet());
            connection.peerReads();
            connection.assertSent("text half", "close 1001 no sign of life");
        }

        @Test
        void ofAFrameThatIsLargerThanAnyBuffer() {
            connection.endpoint.onText = (session, _) -> {
                session.send("first");
                session.send(binary(LARGE));
                session.send("last");
            };
            connection.receives(Wire.text("go"));
            connection.assertSent("text first", "binary of " + LARGE, "text last");
        }
    }

    @Nested
    class Pongs {
        @Test
        void answerEachPingWithItsPayload() {
            connection.receives(Wire.ping(""), Wire.ping("one"), Wire.ping("x".repeat(125)));
            connection.assertSent("pong", "pong one", "pong of 125");
        }

        @Test
        void answerOnlyTheLatestWhileThePeerDoesNotRead() {
            connection.peerStopsReading();
            connection.session().send("waits");
            loop.settle();
            for (int i = 0; i < 1_000; i++) {
                connection.receives(Wire.ping("ping " + i));
            }
            assertThat(connection.connection().out().backlog()).isLessThan(100);
            connection.peerReads();
            connection.assertSent("text waits", "pong ping 999");
        }

        @Test
        void thatAreNotTakenKeepTheirPlaceAndTheirWholeness() {
            connection.transport.takes(3);
            connection.receives(Wire.ping("one"), Wire.ping("two"));
            connection.receives(Wire.ping("three"), Wire.ping("four"));
            connection.peerReads();
            connection.assertSent("pong one", "pong two", "pong four");
        }

        @Test
        void areNotSentBehindOurClose() {
            connection.peerStopsReading();
            connection.session().send("waits");
            connection.receives(Wire.ping("one"));
            connection.session().close();
            connection.receives(Wire.ping("two"));
            connection.peerReads();
            connection.assertSent("text waits", "pong one", "close 1000");
        }

        /** As with a topic that conflates: something new waits whenever something old is taken. */
        @Test
        void comeBehindWhatWaitedWhenThePingCameThoughTheOutboxIsNeverEmpty() {
            connection.peerStopsReading();
            connection.session().send("0");
            loop.settle();
            connection.receives(Wire.ping("are you there?"));
            for (int i = 1; !connection.sent().contains("pong are you there?"); i++) {
                assertThat(i).isLessThan(20);
                connection.session().send(Integer.toString(i));
                connection.transport.takes(3);
                loop.settle();
                assertThat(connection.connection().out().backlog()).isPositive();
            }
        }

        @Test
        void keepTheirOneWriteWithWhatIsAnsweredInTheSameTurn() {
            connection.endpoint.echo();
            connection.peerStopsReading();
            connection.session().send("waits");
            loop.settle();
            connection.receives(Wire.text("a"), Wire.ping("1"), Wire.text("b"), Wire.ping("2"), Wire.text("c"));
            connection.peerReads();
            connection.assertSent("text waits", "text a", "pong 2", "text b", "text c");
            assertThat(counters().framesSent(Opcode.PONG)).isEqualTo(1);
        }
    }

    @Test
    void theAnswerToTheHandshakeGoesOutBeforeAllElseAndIsNotTraffic() {
        TestConnection early = loop.connection();
        early.endpoint.onOpen = (session, _) -> session.send("welcome");
        early.endpoint.echo();
        early.transport.takes(7);
        early.open("HTTP/1.1 101 \r\n\r\n", Wire.text("a"));
        early.peerReads();
        assertThat(new String(early.transport.taken(), StandardCharsets.ISO_8859_1))
                .isEqualTo("HTTP/1.1 101 \r\n\r\n\u0081\u0007welcome\u0081\u0001a");
        assertThat(early.transport.writes()).isLessThanOrEqualTo(2);
        assertThat(counters().bytesSent()).isEqualTo(12);
        assertThat(counters().bytesReceived()).isEqualTo(7);
        assertThat(counters().framesSent(Opcode.TEXT)).isEqualTo(2);
    }

    /** Access may be over before the handshake is answered: a Close without the 101 would be no HTTP. */
    @Test
    void theAnswerToTheHandshakeIsOvertakenByNothing() {
        TestConnection early = loop.connection();
        early.endpoint.onOpen = (session, _) -> {
            session.send("dropped");
            early.connection().end(new Ending.AccessEnded(new CloseStatus(4403, "over")));
        };
        early.transport.takes(0);
        early.open("HTTP/1.1 101 \r\n\r\n");
        early.peerReads();
        assertThat(new String(early.transport.taken(), StandardCharsets.ISO_8859_1))
                .isEqualTo("HTTP/1.1 101 \r\n\r\n\u0088\u0006\u00113over");
    }

    @Test
    void whatTheTransportHoldsIsNotSentYet() {
        connection.transport.holdsOutput(true);
        connection.receives(Wire.close(1000));
        assertThat(connection.transport.wantsWrite()).isTrue();
        assertThat(connection.transport.isFinished()).isFalse();
        connection.transport.holdsOutput(false);
        loop.settle();
        connection.assertLingers();
        assertThat(connection.transport.wantsWrite()).isFalse();
    }

    @Test
    void whatTheTransportHeldAtTheStartIsRead() {
        TestConnection secure = loop.connection();
        secure.transport.holds(Wire.text("held"));
        secure.open("", Wire.text("early"));
        secure.assertCalls("open", "text early", "text held");
    }

    @Test
    void nothingIsSentOnceTheSocketIsClosed() {
        connection.peerFinishes();
        connection.session().send("late");
        connection.session().send(OutboundMessage.text("late"));
        connection.session().send(binary(1));
        loop.settle();
        connection.assertSent();
        assertThat(counters().messagesSent()).isZero();
    }

    @Test
    void countsWhatGoesThrough() {
        connection.endpoint.echo();
        connection.receives(Wire.text("a"), Wire.binary((byte) 1), Wire.ping("p"), Wire.close(1000));
        for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY, Opcode.CLOSE)) {
            assertThat(counters().framesReceived(opcode)).as("%s", opcode).isEqualTo(1);
            assertThat(counters().framesSent(opcode)).as("%s", opcode).isEqualTo(1);
        }
        assertThat(counters().framesReceived(Opcode.PING)).isEqualTo(1);
        assertThat(counters().framesSent(Opcode.PONG)).isEqualTo(1);
        assertThat(counters().messagesReceived()).isEqualTo(2);
        assertThat(counters().messagesSent()).isEqualTo(2);
        assertThat(counters().bytesSent()).isEqualTo(connection.transport.taken().length);
        assertThat(counters().bytesReceived()).isEqualTo(7 + 7 + 7 + 8);
    }
}
