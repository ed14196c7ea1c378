package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which connection is a slow consumer, and what happens to it. */
class SlowConsumerTest {
    private static final int OUTBOX = TestConnection.LIMITS.outbox();
    /** More than a loop's reply buffer holds. */
    private static final int LARGE = 140_000;

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection = loop.connection().open();

    private static ByteBuffer binary(int size) {
        return ByteBuffer.allocate(size);
    }

    @Test
    void isEndedByTheMessageBehindAFullOutbox() {
        connection.peerStopsReading();
        connection.session().send(binary(OUTBOX / 2));
        connection.session().send(binary(OUTBOX / 2 - 10 - 2 * EncodedFrame.OVERHEAD));
        loop.settle();
        assertThat(connection.connection().out().memory()).isBetween(OUTBOX - 10L, OUTBOX - 1L);
        connection.session().send(binary(100));
        loop.settle();
        connection.assertOpen();
        connection.session().send(binary(0));
        loop.settle();
        connection.assertCalls("open", "close 1013 reads too slowly; retry in 1 s");
        connection.peerReads();
        connection.assertSent("close 1013 reads too slowly; retry in 1 s");
        connection.peerFinishes();
        connection.assertClosed("Backlogged 1013");
    }

    /** Their bytes are the least of what small messages take. */
    @Test
    void isOneLongBeforeTheBytesOfSmallMessagesReachTheLimit() {
        connection.peerStopsReading();
        int sent = 0;
        while (connection.session().isOpen() && sent < OUTBOX) {
            connection.session().send("a");
            sent++;
            loop.settle();
        }
        assertThat(sent - 1).isEqualTo(Math.ceilDiv(OUTBOX, 3 + EncodedFrame.OVERHEAD));
    }

    @Test
    void isNotOneThatOnlyWaitsForTheEndOfThePass() {
        for (int i = 0; i < 10; i++) {
            connection.session().send(binary(OUTBOX));
        }
        loop.settle();
        connection.assertOpen();
        assertThat(connection.sent()).hasSize(10);
    }

    /** One attempt to write sends 1 MiB and no more; that does not make the peer slow. */
    @Test
    void isNotOneThatTakesAllHoweverMuchThatIs() {
        TestConnection roomy = loop.connection(Execution.EVENT_LOOP, TestConnection.limits(8_000_000, 1_000))
                .open();
        for (int i = 0; i < 20; i++) {
            roomy.session().send(binary(3_000_000));
        }
        loop.settle();
        roomy.assertOpen();
        assertThat(roomy.sent()).hasSize(20);
    }

    @Test
    void isAlwaysSentAMessageAlone() {
        connection.peerStopsReading();
        connection.session().send(binary(5 * OUTBOX));
        loop.settle();
        connection.assertOpen();
        connection.peerReads();
        connection.assertSent("binary of " + 5 * OUTBOX);
    }

    @Test
    void thatHasRoomAgainIsFine() {
        connection.peerStopsReading();
        connection.session().send(binary(OUTBOX - 100));
        loop.settle();
        connection.peerReads();
        connection.session().send(binary(OUTBOX - 100));
        loop.settle();
        connection.assertOpen();
        assertThat(connection.sent()).hasSize(2);
    }

    /** Its Close goes into a socket that has room again; nobody may then wait for room any more. */
    @Test
    void thatIsEndedInItsOwnTurnLeavesTheLoopInPeace() {
        connection.peerStopsReading();
        connection.endpoint.onText = (session, _) -> {
            session.send(binary(LARGE));
            session.send(binary(LARGE));
            connection.transport.takesAll();
        };
        connection.receives(Wire.text("go"));
        connection.assertSent("close 1013 reads too slowly; retry in 1 s");
        assertThat(connection.transport.wantsWrite()).isFalse();
    }

    @Test
    void holdsUpNobodyElse() {
        TestConnection other = loop.connection().open();
        connection.peerStopsReading();
        for (int i = 0; i < 3; i++) {
            connection.session().send(binary(OUTBOX));
            other.session().send("a");
        }
        loop.settle();
        other.assertSent("text a", "text a", "text a");
    }

    /** Known by its size. */
    private static ByteBuffer numbered(int number) {
        return binary(OUTBOX / 10 + number);
    }

    @Test
    void missesTheOldestOfWhatItMayMiss() {
        connection.peerStopsReading();
        connection.session().send("kept");
        for (int i = 0; i < 100; i++) {
            connection.session().send(OutboundMessage.binary(numbered(i)).orDropped());
            loop.settle();
        }
        connection.assertOpen();
        assertThat(connection.connection().out().backlog()).isLessThan(OUTBOX + OUTBOX / 10);
        connection.peerReads();
        List<String> sent = connection.sent();
        assertThat(sent).hasSizeBetween(5, 12);
        assertThat(sent.getFirst()).isEqualTo("text kept");
        assertThat(sent.getLast()).isEqualTo("binary of " + numbered(99).remaining());
        assertThat(loop.loop().traffic().sum(TrafficCounters::dropped)).isEqualTo(101 - sent.size());
    }

    @Test
    void getsTheNewestOfEachSubject() {
        connection.peerStopsReading();
        for (int i = 0; i < 100; i++) {
            connection.session().send(OutboundMessage.binary(numbered(i)).orConflated(i % 2 == 0 ? "even" : "odd"));
            loop.settle();
        }
        connection.peerReads();
        List<String> sent = connection.sent();
        assertThat(sent).hasSizeLessThan(12);
        assertThat(sent.get(sent.size() - 2))
                .isEqualTo("binary of " + numbered(98).remaining());
        assertThat(sent.getLast()).isEqualTo("binary of " + numbered(99).remaining());
        assertThat(loop.loop().traffic().sum(TrafficCounters::conflated)).isEqualTo(100 - sent.size());
    }

    /** Too many subjects are as bad as no policy. */
    @Test
    void isEndedWhenNothingCanBeLeftOut() {
        connection.peerStopsReading();
        for (int i = 0; i < 12; i++) {
            connection
                    .session()
                    .send(OutboundMessage.binary(binary(OUTBOX / 10)).orConflated("subject " + i));
            loop.settle();
        }
        connection.assertCalls("open", "close 1013 reads too slowly; retry in 1 s");
    }
}
