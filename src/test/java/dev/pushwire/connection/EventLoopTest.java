package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.service.UnspeakableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventLoopTest {
    /** A loop that the test drives. */
    @Nested
    class Passes {
        @AutoClose
        private final TestLoop loop = new TestLoop();

        private final List<String> ran = new ArrayList<>();

        private void later(String name) {
            loop.loop().execute(() -> ran.add(name));
        }

        @Test
        void tasksRunInTheirOrderAndNeverAtOnce() {
            later("a");
            later("b");
            assertThat(ran).isEmpty();
            loop.pass();
            assertThat(ran).containsExactly("a", "b");
        }

        @Test
        void onTheLoopATaskIsRunRightAwayWhereThatIsAskedFor() {
            loop.loop().run(() -> ran.add("at once"));
            assertThat(ran).containsExactly("at once");
            assertThat(loop.loop().inLoop()).isTrue();
        }

        @Test
        void elsewhereItIsHandedOver() throws InterruptedException {
            Thread.ofVirtual()
                    .start(() -> loop.loop().run(() -> ran.add("later")))
                    .join();
            assertThat(ran).isEmpty();
            loop.pass();
            assertThat(ran).containsExactly("later");
        }

        @Test
        void aTaskThatThrowsDoesNotKeepTheNextFromRunning() {
            loop.loop().execute(() -> {
                throw new PlannedException();
            });
            loop.loop().execute(() -> {
                throw new StackOverflowError("as the test wants it");
            });
            later("next");
            loop.pass();
            assertThat(ran).containsExactly("next");
        }

        @Test
        void aFloodOfTasksDoesNotKeepTheLoopFromItsSockets() {
            TestConnection connection = loop.connection().open();
            AtomicInteger rounds = new AtomicInteger();
            Runnable[] again = new Runnable[1];
            again[0] = () -> {
                if (rounds.incrementAndGet() < 5_000) {
                    loop.loop().execute(again[0]);
                }
            };
            loop.loop().execute(again[0]);
            connection.session().send("in between");
            loop.pass();
            connection.assertSent("text in between");
            assertThat(rounds).hasValueLessThan(5_000);
            IntStream.range(0, 10).forEach(_ -> loop.pass());
            assertThat(rounds).hasValue(5_000);
        }

        @Test
        void aTaskOfATaskRunsInTheSamePass() {
            loop.loop().execute(() -> later("nested"));
            loop.pass();
            assertThat(ran).containsExactly("nested");
        }

        @Test
        void everyDeadlineIsLookedAtWhileConnectionsGo() throws IOException {
            try (TestLoop impatient = new TestLoop(0, Duration.ZERO)) { // looks in every pass
                Limits limits = new Limits(
                        TestConnection.LIMITS.messages(),
                        1_000,
                        Duration.ofNanos(1),
                        Duration.ofHours(1),
                        Duration.ofNanos(1),
                        Duration.ZERO,
                        Duration.ZERO);
                List<TestConnection> connections = IntStream.range(0, 12)
                        .mapToObj(_ -> impatient.connection(Execution.EVENT_LOOP, limits))
                        .toList();
                connections.forEach(TestConnection::open);
                List<TestConnection> closing =
                        Stream.of(0, 1, 4, 7, 10, 11).map(connections::get).toList();
                closing.forEach(connection -> connection.session().close());
                impatient.pass();
                for (TestConnection connection : connections) {
                    if (closing.contains(connection)) {
                        connection.assertClosed("ClosingTimedOut 1006");
                    } else {
                        assertThat(connection.sent()).contains("ping");
                    }
                }
            }
        }

        @Test
        void knowsHowManyConnectionsItRuns() {
            List<TestConnection> connections = IntStream.range(0, 5)
                    .mapToObj(_ -> loop.connection().open())
                    .toList();
            assertThat(loop.loop().size()).isEqualTo(5);
            for (int gone : List.of(1, 4, 0)) {
                connections.get(gone).peerFinishes();
            }
            assertThat(loop.loop().size()).isEqualTo(2);
            for (int left : List.of(2, 3)) {
                connections.get(left).receives(Wire.text("still here"));
                connections.get(left).assertCalls("open", "text still here");
            }
        }

        @Test
        void saysGoodbyeToAll() {
            List<TestConnection> connections = IntStream.range(0, 5)
                    .mapToObj(_ -> loop.connection().open())
                    .toList();
            loop.loop().connections().closeAll();
            loop.settle();
            for (TestConnection connection : connections) {
                connection.assertSent("close 1001 the server is about to stop");
                connection.assertCalls("open");
                connection.receives(Wire.close(1001));
                connection.peerFinishes();
                connection.assertClosed("ServerStopping 1001");
            }
        }
    }

    /** A loop with a thread of its own. */
    @Nested
    @Timeout(30)
    class Running {
        private EventLoop loop;

        @BeforeEach
        void start() throws IOException {
            loop = new EventLoop("node", 0, Duration.ofHours(1), TestLoop.COMPRESSION, ClientMemory.unbounded());
            loop.start();
        }

        @AfterEach
        void stop() throws InterruptedException {
            loop.stop();
            assertThat(loop.awaitStopped(Duration.ofSeconds(10))).isTrue();
        }

        /** Nothing else would wake it for an hour. */
        @Test
        void isWokenByEveryTaskHoweverTheyCome() throws InterruptedException {
            for (int round = 0; round < 2_000; round++) {
                CountDownLatch ran = new CountDownLatch(2);
                loop.execute(ran::countDown);
                loop.execute(() -> loop.execute(ran::countDown));
                assertThat(ran.await(10, TimeUnit.SECONDS))
                        .as("round %d", round)
                        .isTrue();
            }
        }

        @Test
        void losesNoTaskOfManyThreadsAndKeepsTheOrderOfEach() throws InterruptedException {
            int threads = 4;
            int tasks = 20_000;
            List<Integer> ran = new ArrayList<>(); // touched by the loop alone
            CountDownLatch all = new CountDownLatch(threads * tasks);
            List<Thread> started = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t * tasks;
                started.add(Thread.ofPlatform()
                        .start(() -> IntStream.range(first, first + tasks)
                                .forEach(i -> loop.execute(() -> {
                                    ran.add(i);
                                    all.countDown();
                                }))));
            }
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            for (Thread thread : started) {
                thread.join();
            }
            for (int t = 0; t < threads; t++) {
                int thread = t;
                assertThat(ran.stream().filter(i -> i / tasks == thread))
                        .isSorted()
                        .hasSize(tasks);
            }
        }

        @Test
        void aThreadMayWaitForItsTasksToBeRun() {
            AtomicInteger ran = new AtomicInteger();
            loop.execute(ran::incrementAndGet);
            loop.awaitPass();
            assertThat(ran).hasValue(1);
        }

        /** That it cannot even be logged ends a pass in the middle. */
        @Test
        void goesOnAfterWhatCannotBeLogged() throws InterruptedException {
            CountDownLatch passed = new CountDownLatch(1);
            loop.execute(() -> {
                throw new UnspeakableException();
            });
            loop.execute(passed::countDown);
            assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void aLoopDoesNotWaitForALoop() throws InterruptedException {
            CountDownLatch passed = new CountDownLatch(1);
            loop.execute(() -> {
                loop.awaitPass();
                passed.countDown();
            });
            assertThat(passed.await(900, TimeUnit.MILLISECONDS)).isTrue();
        }

        @Test
        void stopsThoughItHasNothingToDo() throws InterruptedException {
            loop.stop();
            assertThat(loop.awaitStopped(Duration.ofSeconds(10))).isTrue();
        }
    }
}
