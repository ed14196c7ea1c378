package dev.pushwire.bench.load;

import org.HdrHistogram.Histogram;

/** Counts what one loop receives while the window is open. It is read once the loop's thread has stopped. */
final class Tally {
    private static final long LONGEST = 60_000_000_000L;

    private final Histogram latency = new Histogram(LONGEST, 3);
    private final Histogram sendLag = new Histogram(LONGEST, 3);
    private long messages;

    /** Counts messages that took the same time. */
    void add(long nanos, int count) {
        addMessages(count);
        addLatency(nanos, count);
    }

    void addMessages(int count) {
        messages += count;
    }

    void addLatency(long nanos, int count) {
        latency.recordValueWithCount(Math.clamp(nanos, 0, LONGEST), count);
    }

    void addLag(long nanos) {
        sendLag.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    /** Adds the counts of another one. */
    void add(Tally other) {
        messages += other.messages;
        latency.add(other.latency);
        sendLag.add(other.sendLag);
    }

    long messages() {
        return messages;
    }

    Measurement.Latency latency() {
        return new Measurement.Latency(
                micros(latency, 50),
                micros(latency, 99),
                micros(latency, 99.9),
                latency.getMaxValue() / 1e3,
                micros(sendLag, 99));
    }

    private static double micros(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
