package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.testing.RecordingSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopSessionGroupTest {
    private static final OutboundMessage HELLO = OutboundMessage.text("hello");

    @AutoClose
    private final TestLoop loop = new TestLoop(0);

    @AutoClose
    private final TestLoop secondLoop = new TestLoop(1);

    private final AtomicInteger counted = new AtomicInteger();
    private final SessionGroup group = new LoopSessionGroup(true, counted::addAndGet);

    /** The listener has counted the same number. */
    @AfterEach
    void theListenerHasCountedAll() {
        loop.settle();
        secondLoop.settle();
        assertThat(counted).hasValue(group.size());
    }

    private TestConnection member() {
        TestConnection connection = loop.connection().open();
        group.add(connection.session());
        return connection;
    }

    private static void elsewhere(Runnable code) throws InterruptedException {
        Thread.ofVirtual().start(code).join();
    }

    @Test
    void aMessageReachesEveryMemberAndNobodyElse() {
        List<TestConnection> members = Stream.generate(this::member).limit(10).toList();
        TestConnection stranger = loop.connection().open();
        group.send(HELLO);
        loop.settle();
        members.forEach(member -> member.assertSent("text hello"));
        stranger.assertSent();
        assertThat(group.size()).isEqualTo(10);
    }

    @Test
    void allOfAPassReachesAMemberInOneWrite() {
        TestConnection member = member();
        IntStream.range(0, 3).forEach(i -> group.send(OutboundMessage.text("" + i)));
        loop.pass();
        member.assertSent("text 0", "text 1", "text 2");
        assertThat(member.transport.writes()).isEqualTo(1);
    }

    @Test
    void membersOfSeveralLoopsGetTheSame() throws InterruptedException {
        TestConnection here = member();
        TestConnection there = secondLoop.connection().open();
        elsewhere(() -> {
            group.add(there.session());
            group.send(HELLO);
            group.send(OutboundMessage.binary(ByteBuffer.wrap(new byte[] {1})));
        });
        assertThat(group.size()).isEqualTo(2);
        for (TestLoop each : List.of(loop, secondLoop)) {
            each.settle();
        }
        here.assertSent("text hello", "binary 01");
        there.assertSent("text hello", "binary 01");
    }

    @Test
    void aThreadThatAddsAndSendsReachesWhomItAdded() throws InterruptedException {
        TestConnection member = loop.connection().open();
        elsewhere(() -> {
            group.add(member.session());
            group.send(HELLO);
            group.remove(member.session());
            group.send(OutboundMessage.text("too late"));
        });
        loop.settle();
        member.assertSent("text hello");
        assertThat(group.size()).isZero();
    }

    @Test
    void aSessionInSeveralGroupsGetsAMessageToAllOnce() throws InterruptedException {
        SessionGroup other = new LoopSessionGroup(true, _ -> {});
        SessionGroup third = new LoopSessionGroup(true, _ -> {});
        TestConnection both = member();
        other.add(both.session());
        TestConnection here = member();
        TestConnection there = secondLoop.connection().open();
        TestConnection elsewhere = secondLoop.connection().open();
        elsewhere(() -> {
            other.add(there.session());
            third.add(there.session());
            third.add(elsewhere.session());
            group.send(HELLO, List.of(other, third));
        });
        for (TestLoop each : List.of(loop, secondLoop)) {
            each.settle();
        }
        for (TestConnection each : List.of(both, here, there, elsewhere)) {
            each.assertSent("text hello");
        }
    }

    @Test
    void aSessionInSeveralGroupsGetsTheMessageOfTheFirst() throws InterruptedException {
        SessionGroup second = new LoopSessionGroup(true, _ -> {});
        SessionGroup third = new LoopSessionGroup(true, _ -> {});
        TestConnection ofAll = member();
        second.add(ofAll.session());
        third.add(ofAll.session());
        TestConnection ofTheFirst = member();
        TestConnection ofTheOthers = secondLoop.connection().open();
        TestConnection ofTheLast = secondLoop.connection().open();
        TestConnection joinsTheFirst = loop.connection().open();
        second.add(joinsTheFirst.session());
        RecordingSession withoutALoop = new RecordingSession();
        second.add(withoutALoop);
        third.add(withoutALoop);
        elsewhere(() -> {
            second.add(ofTheOthers.session());
            third.add(ofTheOthers.session());
            third.add(ofTheLast.session());
            group.sendFirst(
                    HELLO,
                    List.of(
                            new SessionGroup.Addressed(second, OutboundMessage.text("second")),
                            new SessionGroup.Addressed(third, OutboundMessage.text("third"))));
            group.add(joinsTheFirst.session()); // too late for this one
        });
        for (TestLoop each : List.of(loop, secondLoop)) {
            each.settle();
        }
        ofAll.assertSent("text hello");
        ofTheFirst.assertSent("text hello");
        ofTheOthers.assertSent("text second");
        ofTheLast.assertSent("text third");
        joinsTheFirst.assertSent("text second");
        assertThat(withoutALoop.texts()).containsExactly("second");
        second.remove(withoutALoop);
    }

    @Test
    void aSessionThatIsExceptedGetsNothingOnWhicheverLoop() throws InterruptedException {
        SessionGroup other = new LoopSessionGroup(true, _ -> {});
        TestConnection out = member();
        other.add(out.session());
        TestConnection in = member();
        TestConnection outThere = secondLoop.connection().open();
        TestConnection inThere = secondLoop.connection().open();
        elsewhere(() -> {
            group.add(outThere.session());
            other.add(inThere.session());
            group.send(HELLO, List.of(other), Set.of(out.session(), outThere.session()));
            group.send(OutboundMessage.text("all"), List.of(other));
        });
        for (TestLoop each : List.of(loop, secondLoop)) {
            each.settle();
        }
        for (TestConnection each : List.of(in, inThere)) {
            each.assertSent("text hello", "text all");
        }
        for (TestConnection each : List.of(out, outThere)) {
            each.assertSent("text all");
        }
    }

    @Test
    void onItsLoopASessionIsInAtOnceAndOutAtOnce() {
        TestConnection member = member();
        group.send(HELLO);
        group.remove(member.session());
        group.send(OutboundMessage.text("too late"));
        assertThat(group.size()).isZero();
        loop.settle();
        member.assertSent("text hello");
    }

    @Test
    void addingTwiceIsAddingOnce() throws InterruptedException {
        TestConnection member = member();
        group.add(member.session());
        elsewhere(() -> group.add(member.session()));
        loop.settle();
        assertThat(group.size()).isEqualTo(1);
        group.send(HELLO);
        loop.settle();
        member.assertSent("text hello");
        group.remove(member.session());
        group.remove(member.session());
        assertThat(group.size()).isZero();
    }

    @Test
    void aSessionThatIsNotInCannotBeTakenOut() {
        member();
        group.remove(loop.connection().open().session());
        assertThat(group.size()).isEqualTo(1);
    }

    @Test
    void aClosedSessionIsNotAdded() throws InterruptedException {
        TestConnection closed = loop.connection().open();
        closed.ends(new Ending.PeerVanished());
        group.add(closed.session());
        assertThat(group.size()).isZero();
        elsewhere(() -> group.add(closed.session()));
        loop.settle();
        assertThat(group.size()).isZero();
    }

    @Test
    void aMemberThatIsGoneCountsNoMoreEvenIfItsEndpointForgot() {
        TestConnection gone = member();
        TestConnection alive = member();
        gone.peerFinishes();
        assertThat(group.size()).isEqualTo(1);
        group.send(HELLO);
        loop.settle();
        assertThat(group.size()).isEqualTo(1);
        alive.assertSent("text hello");
    }

    @ParameterizedTest
    @EnumSource
    void aMemberThatEndsInTheMiddleOfAMessageDisturbsNobody(Execution execution) {
        List<TestConnection> members = IntStream.range(0, 20)
                .mapToObj(_ -> loop.connection(execution, TestConnection.limits(1_000, 1_000)))
                .toList();
        for (TestConnection member : members) {
            member.endpoint.onClose = (session, _) -> {
                group.remove(session);
                group.send(OutboundMessage.text("somebody left"));
            };
            group.add(member.open().session());
        }
        for (int i = 0; i < 20; i += 2) {
            members.get(i).peerStopsReading();
        }
        members.get(1).transport.breaks();
        for (int i = 0; i < 3; i++) {
            group.send(OutboundMessage.binary(ByteBuffer.allocate(900)));
        }
        List<String> expected = new ArrayList<>(Collections.nCopies(3, "binary of 900"));
        expected.addAll(Collections.nCopies(11, "text somebody left"));
        for (int i = 3; i < 20; i += 2) {
            TestConnection alive = members.get(i);
            loop.passUntil(() -> alive.sent().equals(expected));
        }
        assertThat(group.size()).isEqualTo(9);
        for (int i = 0; i < 20; i += 2) {
            assertThat(members.get(i).endpoint.calls().getLast())
                    .isEqualTo("close 1013 reads too slowly; retry in 1 s");
        }
    }

    @Test
    void aMessageToTheGroupFromACallbackJoinsTheAnswersOfItsTurn() {
        TestConnection member = loop.connection();
        member.endpoint.onOpen = (session, _) -> group.add(session);
        member.endpoint.onText = (session, text) -> {
            session.send("one");
            group.send(OutboundMessage.text(text));
            session.send("three");
        };
        member.open();
        TestConnection other = member();
        member.receives(Wire.text("two"));
        member.assertSent("text one", "text two", "text three");
        assertThat(member.transport.writes()).isEqualTo(1);
        other.assertSent("text two");
    }

    /** The loop is not turning: what is on its way to it does not grow without bound. */
    @Test
    void aThreadThatSendsFasterThanALoopDeliversWaitsForIt() throws InterruptedException {
        TestConnection member = member();
        OutboundMessage large = OutboundMessage.binary(ByteBuffer.allocate(90_000));
        AtomicInteger sent = new AtomicInteger();
        Thread fast = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 30; i++) {
                group.send(large);
                sent.incrementAndGet();
            }
        });
        assertThat(fast.join(Duration.ofMillis(200))).isFalse();
        assertThat(sent).hasValueLessThan(15);
        loop.passUntil(() -> !fast.isAlive());
        assertThat(member.sent()).hasSize(30);
    }

    /** The thread may hold a lock. Its next {@code awaitRoom} waits instead. */
    @Test
    void aThreadThatSendsToAnUnpacedGroupWaitsOnlyWhereItAsksFor() throws InterruptedException {
        SessionGroup unpaced = new LoopSessionGroup(false, _ -> {});
        TestConnection member = loop.connection().open();
        unpaced.add(member.session());
        OutboundMessage large = OutboundMessage.binary(ByteBuffer.allocate(90_000));
        elsewhere(() -> IntStream.range(0, 10).forEach(_ -> unpaced.send(large)));
        AtomicInteger waited = new AtomicInteger();
        Thread careful = Thread.ofPlatform().start(() -> {
            loop.loop().backpressure().awaitRoom();
            waited.incrementAndGet();
        });
        await().until(() -> careful.getState() == Thread.State.TIMED_WAITING);
        assertThat(waited).hasValue(0);
        loop.passUntil(() -> !careful.isAlive());
        assertThat(waited).hasValue(1);
        assertThat(member.sent()).hasSize(10);
    }

    @Test
    void aSessionWithoutALoopIsAMemberLikeAnyOther() throws Exception {
        TestConnection member = member();
        RecordingSession other = new RecordingSession();
        group.add(other);
        group.add(other);
        assertThat(group.size()).isEqualTo(2);
        elsewhere(() -> group.send(HELLO));
        loop.settle();
        assertThat(member.sent()).hasSize(1);
        assertThat(other.texts()).containsExactly("hello");
        group.remove(other);
        group.send(HELLO);
        assertThat(other.sent()).hasSize(1);
        assertThat(group.size()).isOne();
    }

    @Test
    void aSessionWithoutALoopThatIsInSeveralGroupsGetsAMessageOnce() {
        RecordingSession other = new RecordingSession();
        SessionGroup second = new LoopSessionGroup(false, change -> {});
        group.add(other);
        second.add(other);
        group.send(HELLO, List.of(second));
        assertThat(other.texts()).containsExactly("hello");
        group.close(CloseStatus.NORMAL);
        assertThat(other.closedWith()).isEqualTo(CloseStatus.NORMAL);
        group.remove(other);
    }

    @Test
    void aSessionWithoutALoopThatIsExceptedGetsNothing() {
        RecordingSession in = new RecordingSession();
        RecordingSession out = new RecordingSession();
        RecordingSession outThere = new RecordingSession();
        TestConnection outOnALoop = member();
        SessionGroup second = new LoopSessionGroup(false, change -> {});
        List.of(in, out).forEach(group::add);
        List.of(in, out, outThere).forEach(second::add);
        group.send(HELLO, List.of(second), Set.of(out, outThere, outOnALoop.session()));
        group.send(OutboundMessage.text("all"), List.of(second));
        loop.settle();
        assertThat(in.texts()).containsExactly("hello", "all");
        assertThat(out.texts()).containsExactly("all");
        assertThat(outThere.texts()).containsExactly("all");
        outOnALoop.assertSent("text all");
        List.of(in, out).forEach(group::remove);
    }

    @Test
    void aSessionThatIsClosedIsNotAdded() {
        RecordingSession other = new RecordingSession();
        other.close();
        group.add(other);
        assertThat(group.size()).isZero();
        group.remove(other);
    }
}
