package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VirtualThreadInvokerTest {
    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection = loop.connection(Execution.VIRTUAL_THREAD);

    @Test
    void messagesComeOneAfterTheOtherOnAVirtualThread() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Boolean> virtual = new CopyOnWriteArrayList<>();
        connection.endpoint.onText = (_, _) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            virtual.add(Thread.currentThread().isVirtual());
            Thread.yield();
            inside.decrementAndGet();
        };
        connection.open();
        for (int i = 0; i < 20; i++) {
            connection.arrives(Wire.numberedTexts(50));
        }
        loop.passUntil(() -> virtual.size() == 1_000);
        assertThat(virtual).containsOnly(true);
        assertThat(most).hasValue(1);
        List<String> round = IntStream.range(0, 50).mapToObj(i -> "text " + i).toList();
        for (int i = 0; i < 20; i++) {
            assertThat(connection.endpoint.messages().subList(50 * i, 50 * i + 50))
                    .isEqualTo(round);
        }
    }

    @Test
    void answersReachThePeerInOrder() {
        connection.endpoint.echo();
        connection.open();
        connection.receives(Wire.numberedTexts(500));
        loop.passUntil(() -> connection.sent().size() == 500);
        assertThat(connection.sent())
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "text " + i).toList());
    }

    @Test
    void aMessageKeepsItsContentThoughTheLoopReadsOn() {
        Semaphore mayLook = new Semaphore(0);
        List<Text> kept = new CopyOnWriteArrayList<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        connection.endpoint.onText = (_, text) -> {
            kept.add(text);
            mayLook.acquire();
            seen.add(text.toString());
        };
        connection.endpoint.onBinary = (_, data) -> {
            assertThat(data.isReadOnly()).isTrue();
            seen.add(Wire.shown(data));
        };
        connection.open();
        connection.receives(Wire.text("first"));
        connection.receives(Wire.binary((byte) 0x22));
        connection.receives(Wire.text("third"));
        mayLook.release(2);
        loop.passUntil(() -> seen.size() == 3);
        assertThat(seen).containsExactly("first", "22", "third");
        assertThat(kept.getFirst()).hasToString("first");
    }

    @Test
    void aCallbackThatThrowsIsFollowedByOnCloseAlone() {
        Semaphore mayThrow = new Semaphore(0);
        connection.endpoint.onText = (_, _) -> {
            mayThrow.acquire();
            throw new PlannedException();
        };
        connection.open();
        connection.receives(Wire.numberedTexts(10));
        mayThrow.release(10);
        loop.passUntil(connection.endpoint::isTold);
        connection.assertCalls("open", "text 0", "close 1011 the endpoint failed");
        connection.assertSent("close 1011 the endpoint failed");
        connection.peerFinishes();
        connection.assertClosed("AppFailed 1011");
    }

    @Test
    void whatHadArrivedIsStillDeliveredWhenThePeerCloses() {
        Semaphore mayGoOn = new Semaphore(0);
        connection.endpoint.onText = (_, _) -> mayGoOn.acquire();
        connection.open();
        connection.receives(Wire.text("a"), Wire.text("b"), Wire.close(1000));
        connection.assertSent("close 1000");
        mayGoOn.release(2);
        loop.passUntil(connection.endpoint::isTold);
        connection.assertCalls("open", "text a", "text b", "close 1000");
    }

    @Test
    void aCallbackThatBlocksForEverHarmsNobodyElse() {
        CountDownLatch never = new CountDownLatch(1);
        connection.endpoint.onText = (_, _) -> never.await();
        List<TestConnection> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestConnection other = loop.connection(Execution.VIRTUAL_THREAD);
            other.endpoint.echo();
            others.add(other.open());
        }
        connection.open();
        connection.receives(Wire.numberedTexts(1_000));
        for (TestConnection other : others) {
            other.receives(Wire.text("still here"));
            loop.passUntil(() -> !other.sent().isEmpty());
            other.assertSent("text still here");
        }
        connection.peerStopsReading();
        connection.ends(new Ending.WentQuiet());
        connection.sweepAfter(TestConnection.CLOSE_TIMEOUT);
        connection.assertClosed("WentQuiet 1001");
        connection.assertCalls("open", "text 0"); // nothing can be told while it blocks
        never.countDown();
        loop.passUntil(connection.endpoint::isTold);
    }

    @Nested
    class Async {
        private final Queue<CompletableFuture<Void>> underWay = new ConcurrentLinkedQueue<>();

        @BeforeEach
        void open() {
            connection.endpoint.onTextAsync = text -> {
                assertThat(Thread.currentThread().isVirtual()).isFalse();
                if (text.startsWith("slow")) {
                    return null;
                }
                CompletableFuture<Void> done = new CompletableFuture<>();
                underWay.add(done);
                return done;
            };
            connection.open();
            loop.passUntil(() -> connection.endpoint.calls().contains("open"));
        }

        @Test
        void aTextNeedsNoThread() {
            connection.receives(Wire.text("a"));
            connection.assertCalls("open", "async a");
            underWay.remove().complete(null);
            connection.receives(Wire.text("b"));
            connection.assertCalls("open", "async a", "async b");
            underWay.remove().complete(null);
        }

        @Test
        void whatFollowsWaitsForIt() {
            connection.receives(Wire.text("a"), Wire.text("b"), Wire.binary((byte) 0x22));
            connection.assertCalls("open", "async a");
            underWay.remove().complete(null);
            loop.passUntil(() -> connection.endpoint.calls().size() == 4);
            connection.assertCalls("open", "async a", "text b", "binary 22");
        }

        @Test
        void itWaitsForWhatCameBefore() {
            Semaphore mayGoOn = new Semaphore(0);
            connection.endpoint.onText = (_, _) -> mayGoOn.acquire();
            connection.receives(Wire.text("slow"), Wire.text("a"));
            loop.passUntil(() -> connection.endpoint.calls().contains("text slow"));
            connection.assertCalls("open", "text slow");
            mayGoOn.release(2);
            loop.passUntil(() -> connection.endpoint.calls().size() == 3);
            connection.assertCalls("open", "text slow", "text a");
        }

        @Test
        void aFailureIsOneOfTheCallback() {
            connection.receives(Wire.text("a"), Wire.text("b"));
            underWay.remove().completeExceptionally(new PlannedException());
            loop.passUntil(connection.endpoint::isTold);
            connection.assertCalls("open", "async a", "close 1011 the endpoint failed");
            connection.assertSent("close 1011 the endpoint failed");
            connection.peerFinishes();
            connection.assertClosed("AppFailed 1011");
        }

        @Test
        void whatItThrowsIsTheSame() {
            connection.endpoint.onTextAsync = _ -> {
                throw new IllegalStateException("expected by the test");
            };
            connection.receives(Wire.text("a"));
            loop.passUntil(connection.endpoint::isTold);
            connection.assertCalls("open", "close 1011 the endpoint failed");
            connection.peerFinishes();
            connection.assertClosed("AppFailed 1011");
        }

        @Test
        void theEndpointIsToldOfTheEndBehindIt() {
            connection.receives(Wire.text("a"), Wire.close(1000));
            connection.assertCalls("open", "async a");
            underWay.remove().complete(null);
            loop.passUntil(connection.endpoint::isTold);
            connection.assertCalls("open", "async a", "close 1000");
        }

        @Test
        void aPeerThatGoesOnIsReadFromNoMoreBeyondTheBound() {
            connection.receives(Wire.numberedTexts(1_000));
            connection.assertCalls("open", "async 0");
            underWay.remove().complete(null);
            loop.passUntil(() -> handled() == 1_000);
            assertThat(connection.endpoint.calls().stream()
                            .map(call -> call.replaceFirst("async ", "text "))
                            .skip(1))
                    .isEqualTo(
                            IntStream.range(0, 1_000).mapToObj(i -> "text " + i).toList());
        }

        /** Whatever began without a thread ends at once, so that the rest goes on. */
        private int handled() {
            underWay.forEach(done -> done.complete(null));
            return connection.endpoint.calls().size() - 1;
        }
    }
}
