package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.MovableSession;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Framing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * A session begins on a connection from which nothing is collected, as between two polls. It continues over a
 * WebSocket.
 */
class SessionMoveTest {
    private static final StreamFormat POLLING = new StreamFormat("polling", Framing.Form.RECORDS, null, status -> null);

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final AtomicInteger counted = new AtomicInteger();
    private final SessionGroup group = new LoopSessionGroup(true, counted::addAndGet);
    private final TestConnection polled = loop.stream(POLLING, Framing.RECORDS_PLAIN);
    private final TestConnection webSocket = loop.connection();
    private Session session;
    private Session other;

    private void open() {
        polled.peerStopsReading();
        polled.open();
        webSocket.open();
        session = polled.session();
        other = webSocket.session();
    }

    private boolean move() {
        return SessionMove.move(polled.connection(), webSocket.connection());
    }

    @Test
    void takesAlongWhatWaits() {
        open();
        session.send("4one");
        session.send(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        session.send(OutboundMessage.unit(
                List.of(OutboundMessage.text("451-[]"), OutboundMessage.binary(ByteBuffer.wrap(new byte[] {5})))));
        session.send("");
        loop.settle();
        assertThat(move()).isTrue();
        session.send("4two");
        loop.settle();
        webSocket.assertSent("text 4one", "binary 01020304", "text 451-[]", "binary 05", "text", "text 4two");
        polled.assertStreamed("");
        polled.assertCalls("open", "close 1000");
        polled.assertClosed("SessionMoved 1000");
    }

    @Test
    void isTheSameSession() {
        open();
        String id = session.id();
        session.attributes().put("key", "value");
        move();
        loop.settle();
        assertThat(webSocket.session()).isSameAs(session);
        assertThat(session.id()).isEqualTo(id);
        assertThat(session.attributes()).containsEntry("key", "value");
        assertThat(session.isOpen()).isTrue();
        assertThat(other.isOpen()).isFalse();
        webSocket.receives(Wire.text("hello"));
        webSocket.assertCalls("open", "text hello");
        assertThat(webSocket.endpoint.sessions()).containsExactly(other, session);
        session.close(new CloseStatus(4000));
        loop.settle();
        webSocket.assertSent("close 4000");
    }

    @Test
    void keepsItsPlacesInGroups() {
        SessionGroup second = new LoopSessionGroup(true, _ -> {});
        open();
        TestConnection neighbour = loop.connection().open();
        group.add(neighbour.session());
        group.add(session);
        second.add(session);
        group.send(OutboundMessage.text("4before"));
        assertThat(move()).isTrue();
        group.send(OutboundMessage.text("4after"));
        second.send(OutboundMessage.text("4second"));
        group.send(OutboundMessage.text("4except"), List.of(second), Set.of(session));
        group.send(OutboundMessage.text("4once"), List.of(second));
        loop.settle();
        webSocket.assertSent("text 4before", "text 4after", "text 4second", "text 4once");
        neighbour.assertSent("text 4before", "text 4after", "text 4except", "text 4once");
        assertThat(group.size()).isEqualTo(2);
        group.remove(session);
        group.send(OutboundMessage.text("4without"));
        loop.settle();
        assertThat(webSocket.sent()).doesNotContain("text 4without");
        assertThat(counted).hasValue(1);
    }

    /** Other threads have sent, joined and closed while the loop was about to move it. */
    @Test
    void isReachedByWhatWasUnderWay() throws InterruptedException {
        open();
        Thread.ofVirtual()
                .start(() -> {
                    session.send("4one");
                    group.add(session);
                    group.send(OutboundMessage.text("4two"));
                    session.sendUnpaced(OutboundMessage.text("4three"));
                    session.close(new CloseStatus(4000));
                })
                .join();
        assertThat(move()).isTrue();
        assertThat(session.backlog()).isPositive();
        loop.settle();
        webSocket.assertSent("text 4one", "text 4two", "text 4three", "close 4000");
    }

    @Test
    void doesNotMoveWhenOneIsOver() {
        open();
        group.add(session);
        other.close();
        loop.settle();
        assertThat(move()).isFalse();
        assertThat(webSocket.session()).isSameAs(other);
        assertThat(session.isOpen()).isTrue();
        TestConnection next = loop.connection().open();
        polled.connection().session().leave(new Ending.ServerStopping());
        loop.loop()
                .run(() -> assertThat(SessionMove.move(polled.connection(), next.connection()))
                        .isFalse());
        loop.settle();
        assertThat(session.isOpen()).isFalse();
        next.assertOpen();
        webSocket.peerFinishes();
    }

    @Test
    void missesWhatASlowOneMayWhereverItHasWaited() {
        open();
        webSocket.peerStopsReading();
        OutboundMessage large = OutboundMessage.text("4" + "x".repeat(9_999)).orDropped();
        IntStream.range(0, 8).forEach(i -> session.send(large));
        loop.settle();
        move();
        IntStream.range(0, 8).forEach(i -> {
            session.send(large);
            loop.settle();
        });
        webSocket.assertOpen();
        assertThat(loop.loop().traffic().sum(TrafficCounters::dropped)).isPositive();
        webSocket.peerReads();
    }

    @Test
    void givesBackTheLeaseOfTheOther() {
        open();
        move();
        loop.settle();
        assertThat(((LeasedSession) other).replaceLease(((LeasedSession) other).lease(), TestConnection.PEER.lease()))
                .isFalse();
        assertThat(((LeasedSession) session)
                        .replaceLease(((LeasedSession) session).lease(), TestConnection.PEER.lease()))
                .isTrue();
    }

    @Test
    void staysOnItsEventLoop() throws Exception {
        open();
        try (TestLoop second = new TestLoop(1)) {
            TestConnection elsewhere = second.connection().open();
            assertThatThrownBy(() -> MovableSession.of(session).moveTo(MovableSession.of(elsewhere.session())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Whenever it moves: each message once, in the order of its sender. */
    @RepeatedTest(10)
    void losesAndDoublesNothing(RepetitionInfo repetition) throws InterruptedException {
        open();
        group.add(session);
        List<String> expected = new ArrayList<>();
        Random random = new Random(repetition.getCurrentRepetition());
        int when = random.nextInt(1, 400);
        for (int i = 0; i < 400; i++) {
            OutboundMessage message = OutboundMessage.text("4" + i);
            expected.add("text 4" + i);
            boolean toGroup = random.nextBoolean();
            if (random.nextBoolean()) {
                Thread.ofVirtual().start(() -> send(message, toGroup)).join();
            } else {
                // whoever is on the loop overtakes what is on its way there
                loop.settle();
                send(message, toGroup);
            }
            if (i == when) {
                loop.loop().execute(this::move);
            }
        }
        loop.settle();
        assertThat(webSocket.sent()).containsExactlyElementsOf(expected);
    }

    private void send(OutboundMessage message, boolean toGroup) {
        if (toGroup) {
            group.send(message);
        } else {
            session.send(message);
        }
    }

    @Test
    void isWaitedForByACallback() {
        TestConnection onThread = loop.connection(Execution.VIRTUAL_THREAD);
        open();
        onThread.open();
        AtomicInteger result = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            boolean moved = MovableSession.of(session)
                    .moveTo(MovableSession.of(onThread.session()))
                    .join();
            result.set(moved ? 1 : 2);
        });
        loop.passUntil(() -> result.get() != 0);
        assertThat(result).hasValue(1);
        onThread.receives(Wire.text("hello"));
        loop.passUntil(() -> onThread.endpoint.calls().size() == 2);
        assertThat(onThread.endpoint.sessions().getLast()).isSameAs(session);
    }

    /** What came over the former connection is handled before anything that comes over the new one. */
    @Test
    void movesBehindTheCallsOfItsEndpoint() {
        TestConnection slow = loop.stream(POLLING, Framing.RECORDS_PLAIN, Execution.VIRTUAL_THREAD);
        open();
        slow.peerStopsReading();
        CountDownLatch goOn = new CountDownLatch(1);
        slow.endpoint.onOpen = (_, _) -> goOn.await();
        slow.open();
        CompletableFuture<Boolean> moved = MovableSession.of(slow.session()).moveTo(MovableSession.of(other));
        loop.settle();
        assertThat(moved).isNotDone();
        goOn.countDown();
        loop.passUntil(moved::isDone);
        assertThat(moved).isCompletedWithValue(true);
        loop.passUntil(() -> slow.endpoint.isTold());
    }

    @Test
    void doesNotWaitForAnEndpointThatHasFailed() {
        TestConnection failing = loop.stream(POLLING, Framing.RECORDS_PLAIN, Execution.VIRTUAL_THREAD);
        open();
        failing.peerStopsReading();
        failing.endpoint.onOpen = (_, _) -> {
            throw new PlannedException();
        };
        failing.open();
        CompletableFuture<Boolean> moved = MovableSession.of(failing.session()).moveTo(MovableSession.of(other));
        loop.passUntil(moved::isDone);
        loop.passUntil(() -> failing.endpoint.isTold());
        failing.sweepAfter(TestConnection.CLOSE_TIMEOUT);
    }
}
