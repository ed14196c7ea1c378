package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final AtomicLong now = new AtomicLong();
    private final Backoff backoff = new Backoff(new Random(1), now::get);

    @Test
    void isRandomBetweenHalfASecondAndABoundThatDoubles() {
        List<Integer> bounds = List.of(1_000, 1_500, 2_500, 4_500, 8_500, 16_500, 20_000, 20_000);
        assertThat(bounds)
                .allSatisfy(
                        most -> assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(most)));
    }

    @Test
    void beginsAnewAfterAConnectionThatWasUpForFiveSeconds() {
        failOften();
        backoff.up();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(backoff.afterEnd()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** A server that is too busy to answer in time is not to be asked more often for it. */
    @Test
    void doesNotBeginAnewAfterAnAttemptThatTookLongToFail() {
        failOften();
        backoff.up();
        backoff.afterEnd();
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            waits.add(backoff.afterEnd());
        }
        assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(1)));
    }

    private void failOften() {
        for (int i = 0; i < 10; i++) {
            backoff.afterEnd();
        }
    }

    @Test
    void isNotTheSameForAll() {
        assertThat(Stream.generate(backoff::next).limit(20).distinct()).hasSizeGreaterThan(10);
    }
}
