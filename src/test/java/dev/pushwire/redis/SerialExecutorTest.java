package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes from Redis is dealt with in order, one after the other, and on the cheapest thread. */
class SerialExecutorTest {
    private static final int PATIENCE_SECONDS = 60;

    private final AtomicLong clock = new AtomicLong();
    private final SerialExecutor inbox = new SerialExecutor("test", clock::get);
    private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        inbox.close();
    }

    private void runOrAdd() {
        assertThat(inbox.runOrAdd(10, () -> ran.add(Thread.currentThread()))).isTrue();
    }

    private Thread next() throws InterruptedException {
        Thread next = ran.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a task has run").isNotNull();
        return next;
    }

    @Test
    void aTaskRunsAtItsCallerWhileNothingElseIsToBeDone() throws Exception {
        runOrAdd();
        assertThat(next()).isSameAs(Thread.currentThread());
        assertThat(inbox.waitingBytes()).isZero();
    }

    @Test
    void aTaskThatMayWaitRunsOnTheInboxOwnThread() throws Exception {
        assertThat(inbox.add(10, () -> ran.add(Thread.currentThread()))).isTrue();
        assertThat(next().getName()).isEqualTo("pushwire-redis-inbox-test");
    }

    @Test
    void aTaskWaitsForTheOnesBefore() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        inbox.add(0, () -> await(goOn));
        runOrAdd();
        runOrAdd();
        assertThat(ran).isEmpty();
        assertThat(inbox.waitingBytes()).isPositive();
        goOn.countDown();
        assertThat(next()).isNotSameAs(Thread.currentThread());
        assertThat(next()).isNotSameAs(Thread.currentThread());
        assertThat(inbox.waitingBytes()).isZero();
    }

    @Test
    void whatIsAddedByATaskThatRunsAtItsCallerIsRunBehindIt() throws Exception {
        inbox.runOrAdd(0, () -> {
            inbox.add(0, () -> ran.add(Thread.currentThread()));
            assertThat(ran).isEmpty();
            ran.add(Thread.currentThread());
        });
        assertThat(next()).isSameAs(Thread.currentThread());
        assertThat(next()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void aLongBurstIsSharedWithTheOwnThread() throws Exception {
        runOrAdd();
        for (long time = 0; time < SerialExecutor.BURST_NANOS; time += SerialExecutor.GAP_NANOS - 1) {
            clock.addAndGet(SerialExecutor.GAP_NANOS - 1);
            ran.clear();
            runOrAdd();
        }
        assertThat(next()).isNotSameAs(Thread.currentThread());
        clock.addAndGet(SerialExecutor.GAP_NANOS);
        awaitIdle();
        runOrAdd();
        assertThat(next()).as("the burst is over").isSameAs(Thread.currentThread());
    }

    /** Tasks of its own thread end a moment after what they show. */
    private void awaitIdle() throws InterruptedException {
        Thread me = Thread.currentThread();
        Thread ranOn;
        do {
            BlockingQueue<Thread> probe = new LinkedBlockingQueue<>();
            clock.addAndGet(SerialExecutor.GAP_NANOS);
            inbox.runOrAdd(0, () -> probe.add(Thread.currentThread()));
            ranOn = probe.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } while (ranOn != me);
        clock.addAndGet(SerialExecutor.GAP_NANOS);
    }

    @Test
    void aTaskThatFailsEndsNothingElse() throws Exception {
        inbox.runOrAdd(0, () -> {
            throw new IllegalStateException("expected by the test");
        });
        inbox.add(0, () -> {
            throw new IllegalStateException("expected by the test");
        });
        inbox.add(0, () -> ran.add(Thread.currentThread()));
        next();
    }

    @Test
    void tasksOfManyThreadsNeverRunAtOnceAndKeepTheOrderOfEachThread() throws Exception {
        int threads = 4;
        int each = 20_000;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        List<List<Integer>> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(threads * each);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            List<Integer> mine = new ArrayList<>(); // tasks take turns, so it needs no lock
            seen.add(mine);
            all.add(Thread.ofPlatform().start(() -> {
                for (int task = 0; task < each; task++) {
                    int number = task;
                    Runnable work = () -> {
                        if (running.incrementAndGet() != 1) {
                            overlaps.incrementAndGet();
                        }
                        mine.add(number);
                        running.decrementAndGet();
                        done.countDown();
                    };
                    clock.addAndGet(SerialExecutor.GAP_NANOS / 8);
                    if (task % 7 == 0) {
                        inbox.add(1, work);
                    } else {
                        inbox.runOrAdd(1, work);
                    }
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("all tasks have run")
                .isTrue();
        assertThat(overlaps).hasValue(0);
        for (List<Integer> mine : seen) {
            assertThat(mine).hasSize(each).isSorted();
        }
    }

    @Test
    void tooMuchThatWaitsIsReported() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        inbox.add(0, () -> await(goOn));
        assertThat(inbox.add(64 * 1024 * 1024, () -> {})).isFalse();
        assertThat(inbox.isHalfFull()).isTrue();
        goOn.countDown();
    }

    @Test
    void nothingRunsOnceItIsClosed() {
        inbox.close();
        runOrAdd();
        assertThat(inbox.add(1, () -> ran.add(Thread.currentThread()))).isTrue();
        assertThat(ran).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
