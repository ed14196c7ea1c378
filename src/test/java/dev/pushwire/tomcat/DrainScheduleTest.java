package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DrainScheduleTest {
    private static final Duration WINDOW = Duration.ofSeconds(20);

    private static long[] due(int steps, long seed) {
        DrainSchedule pace = new DrainSchedule(steps, WINDOW, new Random(seed));
        return IntStream.range(0, steps).mapToLong(pace::due).toArray();
    }

    @RepeatedTest(20)
    void eachStepHasASlotOfItsOwn(RepetitionInfo repetition) {
        int steps = 1000;
        long slot = WINDOW.toNanos() / steps;
        long[] due = due(steps, repetition.getCurrentRepetition());
        assertThat(due).isSorted();
        for (int i = 0; i < steps; i++) {
            assertThat(due[i]).isBetween(i * slot, (i + 1) * slot);
        }
    }

    /** A beat would show as steps that are equally far apart. */
    @Test
    void withinItsSlotAStepMayComeAtAnyTime() {
        long[] due = due(1000, 1);
        double slot = WINDOW.toNanos() / 1000.0;
        double[] within = IntStream.range(0, due.length)
                .mapToDouble(i -> due[i] / slot - i)
                .sorted()
                .toArray();
        for (int i = 0; i < within.length; i++) {
            assertThat(within[i]).isBetween(i / 1000.0 - 0.06, i / 1000.0 + 0.06); // Kolmogorov: 0.06 is never exceeded
        }
    }

    @Test
    void aSingleStepComesAtAnyTimeOfTheWindow() {
        assertThat(due(1, 1)[0]).isBetween(0L, WINDOW.toNanos());
        assertThat(new DrainSchedule(0, WINDOW, new Random(1))).isNotNull();
    }

    @Test
    void aHundredThousandFitIntoTheWindow() {
        long[] due = due(100_000, 1);
        assertThat(due).isSorted();
        assertThat(due[99_999]).isLessThanOrEqualTo(WINDOW.toNanos());
    }
}
