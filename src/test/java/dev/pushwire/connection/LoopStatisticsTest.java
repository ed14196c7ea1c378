package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The test sets the time, and reports passes as they would happen. */
class LoopStatisticsTest {
    private static final long START = Long.MAX_VALUE - 1_000_000; // the clock may turn over at any time

    private final LoopStatistics statistics = new LoopStatistics(START);
    private long now = START;

    private void waits(long millis) {
        statistics.turned(now);
        now += Duration.ofMillis(millis).toNanos();
    }

    private void works(long millis) {
        statistics.woke(now);
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void theBusyRatioIsTheShareOfTimeSpentWorking() {
        for (int i = 0; i < 100; i++) {
            waits(75);
            works(25);
        }
        waits(0);
        assertThat(statistics.busyRatio(now)).isEqualTo(0.25, within(0.01));
    }

    @Test
    void aLoopThatHasNeverWaitedIsBusy() {
        for (int i = 0; i < 100; i++) {
            works(100);
            statistics.turned(now);
            statistics.goesOn();
        }
        assertThat(statistics.busyRatio(now)).isEqualTo(1);
    }

    @Test
    void wakingTwiceInAPassCountsOnce() {
        for (int i = 0; i < 10; i++) {
            waits(500);
            works(200);
            works(300);
        }
        waits(0);
        assertThat(statistics.busyRatio(now)).isEqualTo(0.5, within(0.01));
    }

    @Test
    void aLoopInTheMiddleOfALongPassIsBusyWithoutHavingSaidSo() {
        waits(0);
        works(3000);
        assertThat(statistics.sinceTurn(now)).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(statistics.busyRatio(now)).isEqualTo(1);
        assertThat(statistics.longestPass(now)).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void theLongestPassIsRememberedForAMinuteAndForgottenAfterTwo() {
        waits(10);
        works(700);
        idle(Duration.ofSeconds(60));
        assertThat(statistics.longestPass(now)).isEqualTo(Duration.ofMillis(700).toNanos());
        idle(Duration.ofSeconds(70));
        assertThat(statistics.longestPass(now))
                .isLessThan(Duration.ofMillis(700).toNanos());
    }

    private void idle(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 1000) {
            waits(999);
            works(1);
        }
        waits(0);
    }

    /** Over connections of a loop whose thread is the test's. */
    @Nested
    class Outboxes {
        @AutoClose
        private final TestLoop loop = new TestLoop();

        private final LoopStatistics statistics = loop.loop().statistics();

        private TestConnection slow(String waiting) {
            TestConnection connection = loop.connection().open();
            connection.peerStopsReading();
            connection.session().send(waiting);
            loop.settle();
            return connection;
        }

        private void sweep(TestConnection... connections) {
            statistics.lookInto(List.of(connections).stream()
                    .map(TestConnection::connection)
                    .toList());
        }

        @Test
        void whatWaitsIsAddedUpAndTheFullestKnown() {
            TestConnection one = slow("x".repeat(98));
            TestConnection other = slow("x".repeat(48));
            sweep(one, other);
            assertThat(statistics.outboxBytes()).isEqualTo(150);
            assertThat(statistics.fullestOutboxBytes()).isEqualTo(100);
        }

        @Test
        void nothingWaitsOnceThePeersHaveRead() {
            TestConnection one = slow("x");
            sweep(one);
            one.peerReads();
            sweep(one);
            assertThat(statistics.outboxBytes()).isZero();
            assertThat(statistics.fullestOutboxBytes()).isZero();
        }

        @Test
        void whatWaitedForAConnectionThatIsGoneIsForgotten() {
            TestConnection one = slow("x");
            sweep(one);
            one.peerVanishesByReset();
            sweep();
            assertThat(statistics.outboxBytes()).isZero();
        }
    }
}
