package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.OutboundMessage;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A connection that the service closes gets everything that was sent to it before. Later senders are told that it has
 * gone.
 */
class LeavingTest {
    private static final Ending STOPPING = new Ending.ServerStopping();
    private static final String GOODBYE = "close 1001 the server is about to stop";
    private static final OutboundMessage HELLO = OutboundMessage.text("hello");

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final LoopSessionGroup group = new LoopSessionGroup(true, _ -> {});

    private TestConnection member() {
        TestConnection connection = loop.connection().open();
        group.add(connection.session());
        return connection;
    }

    private static void leave(TestConnection connection) {
        connection.connection().session().leave(STOPPING);
    }

    /** Sends from a thread that is not a loop's, before the loop goes on. Returns how many members it counts then. */
    private int sendFromElsewhere() {
        return CompletableFuture.supplyAsync(() -> {
                    group.send(HELLO);
                    return group.size();
                })
                .join();
    }

    @Test
    void aMessageThatCountedItReachesItBeforeItsClose() {
        TestConnection member = member();
        assertThat(sendFromElsewhere()).isEqualTo(1);
        leave(member);
        loop.settle();
        member.assertSent("text hello", GOODBYE);
    }

    @Test
    void aMessageToASessionDoesToo() {
        TestConnection member = member();
        CompletableFuture.runAsync(() -> member.session().send("hello")).join();
        leave(member);
        loop.settle();
        member.assertSent("text hello", GOODBYE);
    }

    @Test
    void fromThenOnItCountsNoMore() {
        TestConnection leaver = member();
        TestConnection other = member();
        leave(leaver);
        assertThat(group.size()).isEqualTo(1);
        assertThat(sendFromElsewhere()).isEqualTo(1);
        loop.settle();
        leaver.assertSent(GOODBYE);
        other.assertSent("text hello");
        assertThat(group.size()).isEqualTo(1);
    }

    @Test
    void itIsDiscountedOnceHoweverItGoesOn() {
        TestConnection leaver = member();
        member();
        leave(leaver);
        leave(leaver);
        group.remove(leaver.session());
        loop.settle();
        group.send(HELLO);
        group.remove(leaver.session());
        loop.settle();
        assertThat(group.size()).isEqualTo(1);
        leaver.assertSent(GOODBYE);
    }

    @Test
    void aGroupThatItHasLeftBeforeIsNotTold() {
        TestConnection leaver = member();
        group.remove(leaver.session());
        leave(leaver);
        loop.settle();
        assertThat(group.size()).isZero();
    }

    @Test
    void aGroupThatItJoinsOnTheWayOutDoesNotCountIt() {
        TestConnection leaver = loop.connection().open();
        leave(leaver);
        group.add(leaver.session());
        assertThat(group.size()).isZero();
        loop.settle();
        leaver.assertSent(GOODBYE);
    }

    @Test
    void anotherThreadMayAskForIt() {
        TestConnection member = member();
        CompletableFuture.runAsync(() -> leave(member)).join();
        loop.settle();
        member.assertSent(GOODBYE);
        assertThat(group.size()).isZero();
    }
}
