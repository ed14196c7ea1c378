package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void isRandomBetweenHalfASecondAndABoundThatDoubles() {
        List<Integer> bounds = List.of(1_000, 1_500, 2_500, 4_500, 8_500, 16_500, 20_000, 20_000);
        assertThat(bounds)
                .allSatisfy(
                        most -> assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(most)));
    }

    @Test
    void beginsAnewAfterASuccess() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void isNotTheSameForAll() {
        assertThat(Stream.generate(backoff::next).limit(20).distinct()).hasSizeGreaterThan(10);
    }
}
