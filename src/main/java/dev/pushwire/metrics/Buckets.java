package dev.pushwire.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The upper bounds of the histograms' buckets. There are few, since each is a time series. */
final class Buckets {
    /** From a lone subscriber on an idle machine to a loop that is held up. */
    static final Duration[] LATENCY = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000);

    /** From the same rack to a phone in a lift; pongs that come later are too late anyway. */
    static final Duration[] ROUND_TRIP = millis(1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000);

    /** From a page that reloads in a loop to one that is left open over the weekend. */
    static final Duration[] SESSION = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofDays(1),
        Duration.ofDays(3),
    };

    private Buckets() {}

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
