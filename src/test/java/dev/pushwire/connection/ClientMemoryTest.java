package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What all connections hold together, and which of them are ended if it is too much. */
class ClientMemoryTest {
    private static final int LIMIT = 1_000_000;
    private static final int LARGE = 150_000; // does not fit in a loop's reply buffer
    private static final String GIVEN_UP = "close 1013 the server is short of memory; retry in 10 s";

    private final ClientMemory memory = new ClientMemory(LIMIT);

    @AutoClose
    private final TestLoop loop = new TestLoop(memory);

    private TestConnection slow() {
        return slow(Execution.EVENT_LOOP);
    }

    private TestConnection slow(Execution execution) {
        TestConnection connection = loop.connection(execution, TestConnection.limits(100 * LIMIT, LIMIT))
                .open();
        connection.peerStopsReading();
        return connection;
    }

    private void send(TestConnection connection, int bytes) {
        connection.session().send(ByteBuffer.allocate(bytes));
        loop.settle();
    }

    /** Sweeps until even the connections that hold least are looked at. */
    private void sweep() {
        for (int i = 0; i < 12; i++) {
            loop.held();
            loop.settle();
        }
    }

    @Test
    void whatWaitsIsHeldAndGivenBack() {
        TestConnection connection = slow();
        send(connection, LARGE);
        assertThat(loop.held()).isBetween((long) LARGE, LARGE + 200L);
        connection.peerReads();
        assertThat(loop.held()).isLessThan(20);
    }

    @Test
    void whoHoldsMostIsEndedAndNobodyElse() {
        TestConnection modest = slow();
        send(modest, LARGE);
        TestConnection greedy = slow();
        for (int i = 0; i < 6; i++) {
            send(greedy, LARGE);
        }
        sweep();
        greedy.assertCalls("open", GIVEN_UP);
        modest.assertOpen();
        assertThat(loop.held()).isLessThan(2 * LARGE);
        greedy.peerReads();
        greedy.assertSent(GIVEN_UP);
        greedy.peerFinishes();
        greedy.assertClosed("ShortOfMemory 1013");
    }

    /** All is sent within one task, so making room at the end of the pass would be too late. */
    @Test
    void roomIsMadeBeforeTheNextLargeMessageIsKept() {
        List<TestConnection> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(slow());
        }
        long[] most = {0};
        loop.loop().execute(() -> {
            for (TestConnection each : all) {
                for (int i = 0; i < 10; i++) {
                    each.session().send(ByteBuffer.allocate(LARGE));
                    most[0] = Math.max(most[0], memory.held());
                }
            }
        });
        sweep();
        assertThat(most[0]).as("of 75 MB").isLessThan(2 * LIMIT);
        assertThat(loop.held()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void aMessageToManyCountsOnce() {
        SessionGroup group = new LoopSessionGroup(true, _ -> {});
        List<TestConnection> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(slow());
            group.add(all.getLast().session());
        }
        for (int i = 0; i < 5; i++) {
            group.send(OutboundMessage.binary(ByteBuffer.allocate(LARGE)));
            loop.settle();
        }
        sweep();
        all.forEach(TestConnection::assertOpen);
        assertThat(loop.held()).isBetween(5L * LARGE, 5L * LARGE + 100 * 1000);
    }

    @Test
    void whatAClientMayMissGoesBeforeTheClient() {
        TestConnection connection = slow();
        for (int i = 0; i < 200; i++) {
            connection
                    .session()
                    .send(OutboundMessage.binary(ByteBuffer.allocate(LARGE)).orDropped());
            loop.settle();
        }
        sweep();
        connection.assertOpen();
        assertThat(loop.held()).isLessThanOrEqualTo(LIMIT);
        assertThat(loop.loop().traffic().sum(TrafficCounters::dropped)).isPositive();
    }

    /** Its Close would have to wait until the rest of a frame is read. */
    @Test
    void whoHasBegunALargeFrameIsCutOff() {
        TestConnection connection = slow();
        connection.transport.takes(10);
        send(connection, 3 * LIMIT);
        sweep();
        connection.assertClosed("ShortOfMemory 1013");
        assertThat(loop.held()).isZero();
    }

    @Test
    void anUnfinishedMessageIsHeld() {
        List<TestConnection> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(slow());
            byte[] unfinished = Wire.binary(new byte[LARGE]);
            unfinished[0] &= 0x7F; // not the last fragment
            all.getLast().receives(unfinished);
        }
        sweep();
        assertThat(loop.held()).isLessThanOrEqualTo(LIMIT);
        assertThat(all.stream().filter(each -> each.session().isOpen()).count()).isBetween(2L, 7L);
    }

    /** The endpoint is at the first one still, when the connections are long gone. */
    @Test
    void whatWaitsForASlowEndpointIsHeldUntilItIsHandled() {
        CountDownLatch handled = new CountDownLatch(1);
        TestConnection connection = slow(Execution.VIRTUAL_THREAD);
        connection.endpoint.onBinary = (_, _) -> handled.await();
        connection.receives(Wire.binary(new byte[LARGE]));
        assertThat(loop.held()).isGreaterThan(LARGE);
        connection.peerVanishesByReset();
        connection.assertClosed("TransportFailed 1006");
        assertThat(loop.held()).isGreaterThan(LARGE);
        handled.countDown();
        loop.passUntil(() -> loop.held() == 0);
    }

    /** The message waits for a loop, and its sender waits for it. So many small senders cannot get around the limit. */
    @Test
    void aMessageThatHoldsItsSenderBackIsHeld() {
        TestConnection member = loop.connection(Execution.EVENT_LOOP, TestConnection.limits(100 * LIMIT, LIMIT))
                .open();
        SessionGroup group = new LoopSessionGroup(true, _ -> {});
        group.add(member.session());
        TestConnection talker = loop.connection(Execution.EVENT_LOOP, TestConnection.limits(100 * LIMIT, LIMIT))
                .open();
        long[] most = {0};
        talker.endpoint.onBinary = (_, data) -> {
            group.send(OutboundMessage.binary(data));
            group.send(OutboundMessage.binary(data)); // more than may be under way
            loop.loop().execute(() -> most[0] = loop.held());
        };
        talker.receives(Wire.binary(new byte[2 * LARGE]));
        assertThat(most[0]).isBetween(2L * LARGE, 3L * LARGE);
        loop.settle();
        assertThat(loop.held()).as("but for a membership").isLessThan(1000);
    }

    @Test
    void membershipsAreHeld() {
        TestConnection connection = slow();
        long before = loop.held();
        for (int i = 0; i < 100; i++) {
            new LoopSessionGroup(true, _ -> {}).add(connection.session());
        }
        loop.settle();
        assertThat(loop.held() - before).isBetween(100L * 300, 100L * 1000);
        connection.session().close();
        connection.receives(Wire.close(CloseCode.NORMAL_CLOSURE));
        assertThat(loop.held()).isLessThan(before + 100);
    }

    /** What a small frame takes is far more than its bytes, and that is what is counted. */
    @Test
    void smallFramesCountAsWhatTheyTake() {
        TestConnection connection = slow();
        for (int i = 0; i < 1000; i++) {
            connection.session().send("a");
        }
        loop.settle();
        assertThat(loop.held()).isGreaterThan(1000L * EncodedFrame.OVERHEAD);
        assertThat(connection.session().backlog()).as("on the wire").isEqualTo(3000);
    }
}
